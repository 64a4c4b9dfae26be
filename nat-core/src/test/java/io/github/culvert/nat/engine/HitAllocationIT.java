package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.echo;
import static io.github.culvert.nat.testkit.bed.Packets.echoReply;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static io.github.culvert.nat.testkit.lab.Errors.tooBig;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.allocation.AllocationMeter;
import io.github.culvert.nat.testkit.allocation.FreshBuffers;
import io.github.culvert.nat.testkit.allocation.Keeping;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A packet of a session that is there costs no byte of heap. Counted is what happens within the calls of the engine, so
 * what it costs to make and release a fresh buffer for each packet is not in it. Warm-up is by count.
 */
class HitAllocationIT {
    private static final int ROUNDS = 3_000;
    private static final int BATCH = 32;

    /** A packet and the side it comes from. */
    private record Hit(Side from, Octets packet) {}

    private static final List<Hit> HITS = List.of(
            new Hit(Side.INSIDE, udp(IN1, 5000, OUT1, 53).octets()),
            new Hit(Side.OUTSIDE, udp(OUT1, 53, EXT1, 5000).octets()),
            new Hit(Side.INSIDE, tcp(IN1, 5000, OUT1, 80, ACK).octets()),
            new Hit(Side.OUTSIDE, tcp(OUT1, 80, EXT1, 5000, ACK).octets()),
            new Hit(Side.INSIDE, echo(IN1, OUT1, 7).octets()),
            new Hit(Side.OUTSIDE, echoReply(OUT1, EXT1, 7).octets()),
            new Hit(
                    Side.OUTSIDE,
                    portUnreachable("192.0.2.9", udp(EXT1, 5000, OUT1, 53)).octets()),
            new Hit(
                    Side.OUTSIDE,
                    tooBig("192.0.2.9", 1400, tcp(EXT1, 5000, OUT1, 80, ACK)).octets()),
            new Hit(
                    Side.OUTSIDE,
                    portUnreachable("192.0.2.9", echo(EXT1, OUT1, 7)).octets()),
            new Hit(
                    Side.INSIDE,
                    portUnreachable("192.168.1.254", udp(OUT1, 53, IN1, 5000)).octets()),
            new Hit(Side.INSIDE, Binder.gre(IN1, OUT1, 0x0080).octets()),
            new Hit(Side.OUTSIDE, Binder.gre(OUT1, EXT1, 0x5001).octets()),
            new Hit(
                    Side.OUTSIDE,
                    portUnreachable("192.0.2.9", Binder.gre(EXT1, OUT1, 0x0080)).octets()),
            new Hit(
                    Side.INSIDE,
                    portUnreachable("192.168.1.10", Binder.gre(OUT1, IN1, 0x1234))
                            .octets()),
            new Hit(Side.INSIDE, portless(IN1, OUT1)),
            new Hit(Side.OUTSIDE, portless(OUT1, EXT1)));

    private static Octets portless(Ipv4Address from, Ipv4Address to) {
        return ipv4(from, to)
                .protocol(97)
                .payload(Octets.fromHex("0102030405060708"))
                .octets();
    }

    private final NatEngine engine = NatEngine.builder(
                    config(EXT1).withPath(PathPolicy.STANDARD.withHop(true)).withPortless(Set.of(97)))
            .alg(new BoundAlg())
            .build();
    private final AllocationMeter meter = AllocationMeter.orSkip();
    private final Keeping kept = new Keeping(BATCH);
    private final PacketSink<io.netty.buffer.ByteBuf> buffers = kept.buffers();
    private final PacketSink<ByteBuffer> lent = kept.lent();
    private final PacketBatch batch = new PacketBatch(BATCH);

    @BeforeEach
    void openTheSessions() {
        NatBed bed = new NatBed(engine);
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromInside(tcp(IN1, 5000, OUT1, 80, SYN));
        bed.fromOutside(tcp(OUT1, 80, EXT1, 5000, SYN));
        bed.fromInside(echo(IN1, OUT1, 7));
        bed.fromInside(new Ipv4Packet(portless(IN1, OUT1)));
        new Binder(engine).call(IN1, EXT1, OUT1, 0x1234, 0x5001, 0x0080);
    }

    private void costNothing(Runnable round) {
        int before = kept.forwarded();
        assertThat(meter.leastOf(ROUNDS, round)).isZero();
        assertThat(kept.forwarded() - before).isGreaterThanOrEqualTo(ROUNDS * HITS.size());
        assertThat(kept.refused()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void oneByOneInFreshBuffers(FreshBuffers fresh) {
        costNothing(() -> {
            for (Hit hit : HITS) {
                one(fresh, hit, ChecksumStatus.VERIFY);
            }
        });
    }

    private void one(FreshBuffers fresh, Hit hit, ChecksumStatus checksum) {
        var packet = fresh.with(hit.packet);
        meter.start();
        engine.translate(packet, hit.from, checksum, 0, buffers);
        meter.stop();
        kept.release();
    }

    @ParameterizedTest
    @EnumSource(ChecksumStatus.class)
    void whateverIsKnownOfTheChecksum(ChecksumStatus checksum) {
        costNothing(() -> {
            for (Hit hit : HITS) {
                one(FreshBuffers.UNPOOLED_HEAP, hit, checksum);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void inBatches(FreshBuffers fresh) {
        costNothing(() -> batch(fresh));
    }

    /** Large tables take another way through a batch. */
    @ParameterizedTest
    @EnumSource
    void inBatchesOnALargeTable(FreshBuffers fresh) {
        LargeTable.fill(new NatBed(engine));
        costNothing(() -> batch(fresh));
    }

    private void batch(FreshBuffers fresh) {
        for (int lane = 0; lane < BATCH; lane++) {
            Hit hit = HITS.get(lane % HITS.size());
            batch.add(fresh.with(hit.packet), hit.from, ChecksumStatus.VERIFY);
        }
        meter.start();
        engine.translate(batch, 0, buffers);
        meter.stop();
        kept.release();
    }

    @Test
    void inHeapBuffersThatAreLent() {
        lent(ByteBuffer.allocate(100));
    }

    @Test
    void inDirectBuffersThatAreLent() {
        lent(ByteBuffer.allocateDirect(100));
    }

    private void lent(ByteBuffer packet) {
        costNothing(() -> {
            for (Hit hit : HITS) {
                packet.clear().put(hit.packet.toByteArray()).flip();
                meter.start();
                engine.translate(packet, hit.from, ChecksumStatus.VERIFY, 0, lent);
                meter.stop();
            }
        });
    }

    @Test
    void inAnArray() {
        byte[] array = new byte[100];
        costNothing(() -> {
            for (Hit hit : HITS) {
                System.arraycopy(hit.packet.toByteArray(), 0, array, 10, hit.packet.length());
                meter.start();
                engine.translate(array, 10, hit.packet.length(), hit.from, ChecksumStatus.VERIFY, 0, lent);
                meter.stop();
            }
        });
    }

    @Test
    void advanceWithNothingDue() {
        costNothing(() -> {
            for (Hit hit : HITS) {
                one(FreshBuffers.POOLED_DIRECT, hit, ChecksumStatus.VERIFY);
            }
            meter.start();
            engine.advance(0, 100, buffers);
            meter.stop();
        });
    }
}
