package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.culvert.nat.config.InvalidConfigException;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Static forwards, from the configuration and while running. */
class ForwardTest {
    private static final StaticForward DNS = forward("203.0.113.1:53", "192.168.1.11:5353");

    private final NatBed bed = NatBed.of(config(EXT1, EXT2).withForwards(List.of(DNS)));

    private static StaticForward forward(String outside, String inside) {
        return new StaticForward(Protocol.UDP, Endpoint.parse(outside), Endpoint.parse(inside));
    }

    @Test
    void leadsEveryRemoteInside() {
        assertThat(bed.fromOutside(udp(OUT1, 1, EXT1, 53))).hasToString("inside 198.51.100.7:1 > 192.168.1.11:5353");
        assertThat(bed.fromOutside(udp(OUT2, 9, EXT1, 53))).hasToString("inside 198.51.100.8:9 > 192.168.1.11:5353");
        assertThat(bed.fromInside(udp(IN2, 5353, OUT2, 9))).hasToString("outside 203.0.113.1:53 > 198.51.100.8:9");
        assertThat(bed.fromOutside(udp(OUT1, 1, EXT2, 53))).hasToString("refused NO_MAPPING");
    }

    @Test
    void standsForItsInsideEndpointOnTheWayOutToo() {
        assertThat(bed.fromInside(udp(IN2, 5353, OUT1, 7))).hasToString("outside 203.0.113.1:53 > 198.51.100.7:7");
    }

    @Test
    void outlivesItsSessions() {
        bed.fromOutside(udp(OUT1, 1, EXT1, 53));
        bed.at(100_000).advance();
        assertThat(bed.sessions()).isEmpty();
        assertThat(bed.fromOutside(udp(OUT2, 9, EXT1, 53)).isForwarded()).isTrue();
    }

    @Test
    void isAddedWhileRunning() {
        bed.table().addForward(forward("203.0.113.2:9000", "192.168.1.10:90"));
        assertThat(bed.fromOutside(udp(OUT1, 1, EXT2, 9000))).hasToString("inside 198.51.100.7:1 > 192.168.1.10:90");
        assertThat(bed.table().mappingAt(Protocol.UDP, Endpoint.parse("203.0.113.2:9000")))
                .get()
                .hasFieldOrPropertyWithValue("permanent", true)
                .hasFieldOrPropertyWithValue("sessions", 1);
    }

    @Test
    void takesItsSessionsAlongWhenItIsRemoved() {
        bed.fromOutside(udp(OUT1, 1, EXT1, 53));
        bed.fromOutside(udp(OUT2, 9, EXT1, 53));
        assertThat(bed.table().removeForward(DNS)).isTrue();
        assertThat(bed.sessions()).isEmpty();
        assertThat(bed.fromOutside(udp(OUT1, 1, EXT1, 53))).hasToString("refused NO_MAPPING");
        assertThat(bed.table().removeForward(DNS)).isFalse();
    }

    @Test
    void givesItsPortBackWhenItIsRemoved() {
        bed.table().removeForward(DNS);
        bed.table().addForward(forward("203.0.113.1:53", "192.168.1.10:5353"));
        assertThat(bed.fromOutside(udp(OUT1, 1, EXT1, 53))).hasToString("inside 198.51.100.7:1 > 192.168.1.10:5353");
    }

    @Test
    void isNotRemovedByAnotherOfTheSameName() {
        assertThat(bed.table().removeForward(forward("203.0.113.1:54", "192.168.1.11:5353")))
                .isFalse();
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        String outside = bed.table()
                .mappingOf(Protocol.UDP, Endpoint.parse("192.168.1.10:5000"))
                .orElseThrow()
                .outside()
                .toString();
        assertThat(bed.table().removeForward(forward(outside, "192.168.1.10:5000")))
                .isFalse();
    }

    @Test
    void isRefusedWhereAnEndpointIsInUse() {
        assertThatIllegalStateException()
                .isThrownBy(() -> bed.table().addForward(forward("203.0.113.1:53", "192.168.1.10:53")))
                .withMessageContaining("192.168.1.11:5353");
        assertThatIllegalStateException()
                .isThrownBy(() -> bed.table().addForward(forward("203.0.113.1:54", "192.168.1.11:5353")))
                .withMessageContaining("203.0.113.1:53");
        bed.table().reserveForHost(Protocol.UDP, EXT1, 500, 500);
        assertThatIllegalStateException()
                .isThrownBy(() -> bed.table().addForward(forward("203.0.113.1:500", "192.168.1.10:500")))
                .withMessageContaining("reserved for the host");
    }

    @Test
    void isRefusedWhereTheConfigurationForbidsIt() {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> bed.table().addForward(forward("198.51.100.7:0", "10.9.9.9:70000")))
                .satisfies(e -> assertThat(e.problems()).hasSize(3));
    }

    @Test
    void takesThePlaceOfAMappingWhoseSessionIsOver() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at(400).fromInside(udp(IN2, 7000, OUT1, 53));
        bed.table().addForward(forward("203.0.113.1:5000", "192.168.1.10:5000"));
        assertThat(bed.fromOutside(udp(OUT2, 1, EXT1, 5000))).hasToString("inside 198.51.100.8:1 > 192.168.1.10:5000");
    }

    @Test
    void hasPlaceForThousandsOfRemotesAtOnePublicPort() {
        for (int i = 0; i < 10_000; i++) {
            var remote = new io.github.culvert.nat.packet.Ipv4Address(0x08000000 + i);
            assertThat(bed.fromOutside(udp(remote, 1 + i % 7, EXT1, 53)).isForwarded())
                    .isTrue();
        }
        assertThat(bed.table()
                        .mappingAt(Protocol.UDP, DNS.outside())
                        .orElseThrow()
                        .sessions())
                .isEqualTo(10_000);
    }
}
