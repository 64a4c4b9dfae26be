package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.echoReply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.UdpPolicy;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 7857 sections 6, 7 and 12: filtering per protocol, what refreshes, hairpinning of ICMP queries. */
class Rfc7857HairpinTest {
    @Test
    @Tag("NAT-UPD-02")
    void aUdpMappingAdmitsNoSyn() {
        Lab lab = Lab.with(config -> config.asCarrier());
        lab.udp("IN1:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
        lab.udp("OUT2:9 > EXT1:5000").arrives("OUT2:9 > IN1:5000");
        lab.tcp("OUT1:53 > EXT1:5000", SYN).isRefused(Refusal.NO_MAPPING);
        lab.tcp("OUT2:9 > EXT1:5000", SYN).isRefused(Refusal.NO_MAPPING);
    }

    @Test
    @Tag("NAT-UPD-04")
    void whatTheFilterRefusesRefreshesNothing() {
        Lab lab = Lab.with(config -> config.withUdp(new UdpPolicy(Map.of(), true)));
        lab.udp("IN1:5000 > OUT1:53");
        for (int seconds = 60; seconds < 300; seconds += 60) {
            lab.at(seconds).udp("OUT2:9 > EXT1:5000").isRefused(Refusal.FILTERED);
        }
        var session = lab.session(Protocol.UDP, "IN1:5000", "OUT1:53").orElseThrow();
        assertThat(session.idleNanos() / 1_000_000_000L).isBetween(239L, 240L);
        lab.at(301).udp("OUT1:53 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    @Tag("NAT-UPD-05")
    void aPingTurnsRoundToAHostWithAPublicAddressOfItsOwn() {
        Lab lab = Lab.with(
                2,
                config -> config.withAddressForwards(
                        List.of(new AddressForward(Lab.address("EXT2"), Lab.address("IN2")))));
        lab.ping("IN3:7 > OUT1");
        int id = lab.ping("IN1:7 > EXT2").port();
        lab.send(echoReply(IN2, EXT1, id)).arrives("EXT2:7 > IN1:7");
        assertThat(id).isNotEqualTo(7);
    }

    /** Own rule: at an address that is shared the identifier that is pinged is the one that an inside host uses. */
    @Test
    @Tag("NAT-UPD-05")
    void aPingTurnsRoundToTheHostThatUsesItsIdentifier() {
        Lab lab = Lab.with(config -> config.asCarrier());
        lab.ping("IN3:9 > OUT1").arrives("EXT1:9 > OUT1:9");
        int used = lab.ping("IN2:9 > OUT1").port();
        lab.ping("IN1:" + used + " > EXT1").arrives("EXT1:9 > IN2:9");
        lab.send(echoReply(IN2, EXT1, 9)).arrives("EXT1:" + used + " > IN1:" + used);
        lab.ping("IN3:" + used + " > EXT1").isRefused(Refusal.HAIRPIN);
        lab.ping("IN1:77 > EXT1").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    void theFilterHoldsForPingsToo() {
        Lab lab = Lab.standard();
        lab.ping("IN2:9 > OUT1").arrives("EXT1:9 > OUT1:9");
        lab.ping("IN1:9 > EXT1").isRefused(Refusal.FILTERED);
        lab.ping("IN2:9 > EXT1").isRefused(Refusal.NO_MAPPING);
        lab.ping("IN1:9 > EXT1").arrives("EXT1:9 > IN2:9");
        lab.send(echoReply(IN2, EXT1, 9)).arrives("EXT1:9 > IN1:9");
    }
}
