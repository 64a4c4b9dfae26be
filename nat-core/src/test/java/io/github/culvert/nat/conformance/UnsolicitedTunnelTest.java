package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Deliveries;
import io.github.culvert.nat.testkit.bed.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** GRE and ESP that nobody inside asked for. */
class UnsolicitedTunnelTest {
    private static final int PACKETS = 1_000_000;
    private static final int TEMPLATES = 1_000;

    private final SplittableRandom random = new SplittableRandom(1);

    private byte[] packet() {
        int call = random.nextInt(0x10000);
        Octets gre = Octets.fromHex("3001880B0000%04X00000001".formatted(call));
        Octets esp = Octets.fromHex("%08X00000001".formatted(random.nextInt() | 1));
        boolean tunnel = random.nextBoolean();
        Ipv4Packet packet = Packets.ipv4(new Ipv4Address(0xc6336400 | random.nextInt(256)), EXT1)
                .protocol(tunnel ? 47 : 50)
                .payload(tunnel ? gre : esp)
                .build();
        return packet.octets().toByteArray();
    }

    @Test
    @Tag("SEC-05")
    void aMillionOfThemLeaveNoTrace() {
        List<NatEvent> events = new ArrayList<>();
        NatEngine engine = NatEngine.builder(config(EXT1)).listener(events::add).build();
        Deliveries out = new Deliveries();
        var sink = out.lent();
        for (int i = 0; i < PACKETS / TEMPLATES; i++) {
            byte[] bytes = packet();
            for (int n = 0; n < TEMPLATES; n++) {
                engine.translate(bytes, 0, bytes.length, Side.OUTSIDE, ChecksumStatus.VERIFY, i, sink);
            }
            assertThat(out.take()).hasSize(TEMPLATES);
        }
        assertThat(engine.counters().refused(Refusal.UNKNOWN_PROTOCOL)).isEqualTo(PACKETS);
        assertThat(engine.counters().packets(Direction.OUTBOUND)).isZero();
        assertThat(engine.counters().sessionsCreated()).isZero();
        assertThat(events).isEmpty();
    }
}
