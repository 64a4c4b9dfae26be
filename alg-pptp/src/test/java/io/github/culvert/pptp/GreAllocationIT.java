package io.github.culvert.pptp;

import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.engine.PacketBatch;
import io.github.culvert.nat.engine.PacketSink;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.allocation.AllocationMeter;
import io.github.culvert.nat.testkit.allocation.FreshBuffers;
import io.github.culvert.nat.testkit.allocation.Keeping;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** GRE of a call that is up costs no byte of heap, either way, nor do ICMP errors about it. */
class GreAllocationIT {
    private static final int ROUNDS = 3_000;
    private static final int BATCH = 32;

    /** A packet and the side it comes from. */
    private record Hit(Side from, Octets packet) {}

    private final Site site = new Site();
    private final int outside = Site.call(site.connect("IN1:4000 > OUT1:1723"), 0x1234, 0x80);
    private final List<Hit> hits = List.of(
            new Hit(Side.INSIDE, Site.packet("IN1", "OUT1", 0x80).octets()),
            new Hit(Side.OUTSIDE, Site.packet("OUT1", "EXT1", outside).octets()),
            new Hit(
                    Side.OUTSIDE,
                    portUnreachable("192.0.2.9", Site.packet("EXT1", "OUT1", 0x80))
                            .octets()),
            new Hit(
                    Side.INSIDE,
                    portUnreachable("IN1", Site.packet("OUT1", "IN1", 0x1234)).octets()));

    private final AllocationMeter meter = AllocationMeter.orSkip();
    private final Keeping kept = new Keeping(BATCH);
    private final PacketSink<ByteBuf> buffers = kept.buffers();
    private final PacketSink<ByteBuffer> lent = kept.lent();
    private final PacketBatch batch = new PacketBatch(BATCH);

    private void costNothing(int packets, Runnable round) {
        int before = kept.forwarded();
        assertThat(meter.leastOf(ROUNDS, round)).isZero();
        assertThat(kept.forwarded() - before).isGreaterThanOrEqualTo(ROUNDS * packets);
        assertThat(kept.refused()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void oneByOne(FreshBuffers fresh) {
        costNothing(
                hits.size(),
                () -> hits.forEach(hit -> {
                    var packet = fresh.with(hit.packet);
                    meter.start();
                    site.engine.translate(packet, hit.from, ChecksumStatus.VERIFY, 0, buffers);
                    meter.stop();
                    kept.release();
                }));
    }

    @ParameterizedTest
    @EnumSource
    void inBatches(FreshBuffers fresh) {
        costNothing(BATCH, () -> {
            for (int lane = 0; lane < BATCH; lane++) {
                Hit hit = hits.get(lane % hits.size());
                batch.add(fresh.with(hit.packet), hit.from, ChecksumStatus.VERIFY);
            }
            meter.start();
            site.engine.translate(batch, 0, buffers);
            meter.stop();
            kept.release();
        });
    }

    @Test
    void inABufferThatIsLent() {
        ByteBuffer packet = ByteBuffer.allocateDirect(100);
        costNothing(
                hits.size(),
                () -> hits.forEach(hit -> {
                    packet.clear().put(hit.packet.toByteArray()).flip();
                    meter.start();
                    site.engine.translate(packet, hit.from, ChecksumStatus.VERIFY, 0, lent);
                    meter.stop();
                }));
    }
}
