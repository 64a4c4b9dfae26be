package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.allocation.AllocationMeter;
import io.github.culvert.nat.testkit.allocation.Keeping;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A flood of SYNs, each from somewhere else, costs no byte of heap: what is held lies in memory that is there. */
class SynFloodAllocationIT {
    private static final int ROUNDS = 20_000;

    private final NatEngine engine = NatEngine.builder(config(EXT1)).build();
    private final AllocationMeter meter = AllocationMeter.orSkip();
    private final Keeping kept = new Keeping(1);
    private final byte[] syn = tcp(OUT1, 80, EXT1, 4000, TcpFlag.SYN).octets().toByteArray();
    private int number;

    @Test
    @Tag("SEC-10")
    void eachFromSomewhereElse() {
        ByteBuffer packet = ByteBuffer.allocate(syn.length);
        PacketSink<ByteBuffer> sink = kept.lent();
        assertThat(meter.leastOf(ROUNDS, () -> {
                    packet.clear().put(syn).flip();
                    number = (number + 1) & 0x7fff;
                    packet.putShort(20, (short) number);
                    meter.start();
                    engine.translate(packet, Side.OUTSIDE, ChecksumStatus.TRUSTED, number * 100L, sink);
                    meter.stop();
                }))
                .isZero();
        engine.advance(0, 100, kept.buffers());
        assertThat(engine.counters().gauge(Gauge.HELD_SYNS))
                .isEqualTo(engine.counters().limit(Gauge.HELD_SYNS));
        assertThat(kept.forwarded()).isZero();
    }
}
