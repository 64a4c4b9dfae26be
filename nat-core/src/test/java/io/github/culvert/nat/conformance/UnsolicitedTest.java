package io.github.culvert.nat.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** GRE and ESP from the outside that nobody asked for. */
class UnsolicitedTest {
    private static final int PACKETS = 1_000_000;

    private final List<NatEvent> events = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    @Tag("SEC-05")
    void aMillionTunnelPacketsLeaveNothingAndTellNobody() {
        Lab lab = Lab.around(NatEngine.builder(NatBed.config(Packets.EXT1).withPortless(Set.of(47, 50)))
                .listener(events::add)
                .build());
        lab.late();
        long before = lab.bed().engine().counters().gauge(Gauge.MEMORY);
        for (int i = 0; i < PACKETS; i++) {
            assertThat(lab.at(i / 1e6).send(tunnel()).one().isForwarded()).isFalse();
        }
        lab.late();
        assertThat(lab.bed().engine().counters().gauge(Gauge.SESSIONS)).isZero();
        assertThat(lab.bed().engine().counters().gauge(Gauge.MEMORY)).isEqualTo(before);
        assertThat(events).hasSizeLessThanOrEqualTo(1);
    }

    private io.github.culvert.nat.packet.Ipv4Packet tunnel() {
        boolean gre = random.nextBoolean();
        String key = String.format("%08X", random.nextInt());
        Octets payload =
                Octets.fromHex(gre ? "2001880B0004" + key.substring(4) + "00000000" : key + "0000000100112233");
        return Packets.ipv4(new Ipv4Address(0xc6120000 | random.nextInt(1 << 16)), Packets.EXT1)
                .protocol(gre ? 47 : 50)
                .payload(payload)
                .build();
    }
}
