package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.lab.Errors.error;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static io.github.culvert.nat.testkit.lab.Errors.tooBig;
import static io.github.culvert.nat.testkit.lab.Lab.tcpPacket;
import static io.github.culvert.nat.testkit.lab.Lab.udpPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What ICMP does to mappings and connections: nothing (RFC 4787 REQ-12, RFC 5382 REQ-9 and REQ-10). */
class Rfc4787IcmpTest {
    private final Lab lab = Lab.standard();

    @Test
    @Tag("NAT-UDP-15")
    void anErrorFromAnywhereArrivesAndChangesNothing() {
        lab.udp("IN1:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
        lab.at(100).late().isSilent();
        var before = lab.session(Protocol.UDP, "IN1:5000", "OUT1:53").orElseThrow();
        lab.send(portUnreachable("192.0.2.9", udpPacket("EXT1:5000 > OUT1:53")))
                .arrives("192.0.2.9 > IN1")
                .quotes("IN1:5000 > OUT1:53");
        assertThat(lab.session(Protocol.UDP, "IN1:5000", "OUT1:53")).contains(before);
        lab.at(299.9).udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
        lab.at(300.1).udp("OUT1:53 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    @Tag("NAT-TCP-14")
    void anErrorAboutAConnectionArrivesAndItStaysEstablished() {
        lab.connect("IN1:5000 > OUT1:80");
        Ipv4Packet about = tcpPacket("EXT1:5000 > OUT1:80", TcpFlag.ACK);
        lab.send(error("192.0.2.9", 3, 1, about)).arrives("192.0.2.9 > IN1").quotes("IN1:5000 > OUT1:80");
        lab.send(tooBig("192.0.2.9", 1400, about)).arrives("192.0.2.9 > IN1").quotes("IN1:5000 > OUT1:80");
        assertThat(lab.session(Protocol.TCP, "IN1:5000", "OUT1:80")
                        .orElseThrow()
                        .state())
                .isEqualTo(SessionState.ESTABLISHED);
    }
}
