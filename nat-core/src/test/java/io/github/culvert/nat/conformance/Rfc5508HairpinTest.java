package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.lab.Errors.error;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static io.github.culvert.nat.testkit.lab.Lab.udpPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.IcmpError;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ICMP errors about packets that turned round at a public address (RFC 5508 REQ-7). */
class Rfc5508HairpinTest {
    private static final Ipv4Packet SENT = udpPacket("IN1:5000 > EXT1:6000");

    private final Lab lab = Lab.standard();

    /** IN2 has EXT1:6000 and has let EXT1 in; IN1 sends to it. */
    private void turnRound() {
        lab.udp("IN2:6000 > EXT1:5000");
        lab.udp("IN1:5000 > EXT1:6000").arrives("EXT1:5000 > IN2:6000");
    }

    @Test
    @Tag("NAT-ICMP-11")
    void theSenderIsToldInItsOwnWords() {
        turnRound();
        Sent out = lab.send(portUnreachable("IN2", udpPacket("EXT1:5000 > IN2:6000")));
        out.arrives("EXT1 > IN1").quotes("IN1:5000 > EXT1:6000");
        assertThat(out.one().exit()).isEqualTo(Delivery.Exit.INSIDE);
        assertThat(((IcmpError) out.packet().transport()).quotedOctets()).isEqualTo(SENT.octets());
    }

    @Test
    @Tag("NAT-ICMP-11")
    void aRouterInsideSpeaksInTheNameOfTheNat() {
        turnRound();
        lab.send(error("192.168.1.254", 11, 0, udpPacket("EXT1:5000 > IN2:6000")))
                .arrives("EXT1 > IN1")
                .quotes("IN1:5000 > EXT1:6000");
    }

    @Test
    @Tag("NAT-ICMP-11")
    void anErrorAboutNobodysPacketIsDroppedAsItIs() {
        turnRound();
        Ipv4Packet wrong = portUnreachable("IN2", udpPacket("EXT1:5001 > IN2:6000"));
        Sent out = lab.send(wrong).isRefused(Refusal.NO_QUOTED_SESSION);
        assertThat(out.one().octets()).isEqualTo(wrong.octets());
    }

    /** A ping that turned round has the identifier of who was asked. */
    @Test
    @Tag("NAT-ICMP-11")
    void whoPingedIsToldToo() {
        Lab open = Lab.with(config -> config.asCarrier());
        open.ping("IN3:9 > OUT1").arrives("EXT1:9 > OUT1:9");
        int used = open.ping("IN2:9 > OUT1").port();
        open.ping("IN1:" + used + " > EXT1").arrives("EXT1:9 > IN2:9");
        open.send(error("IN2", 3, 1, Packets.echo(Packets.EXT1, Packets.IN2, 9)))
                .arrives("EXT1 > IN1")
                .quotes("IN1:" + used + " > EXT1:" + used);
    }

    @Test
    void anErrorAboutAPacketOfTheHostItselfGoesToTheHost() {
        lab.send(Side.HOST, udpPacket("EXT1:7000 > OUT1:53"));
        lab.send(portUnreachable("OUT1", udpPacket("EXT1:7000 > OUT1:53"))).goesToHost(HostTraffic.OWN);
    }
}
