package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.IcmpPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.mapping.Answer;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.allocation.AllocationMeter;
import io.github.culvert.nat.testkit.allocation.FreshBuffers;
import io.github.culvert.nat.testkit.allocation.Keeping;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A packet that is refused costs no byte of heap, whatever the reason, and neither does garbage. The engine releases
 * such a packet within its call, after the sink has seen it. Where leak detection is on, the release of a sampled
 * buffer costs Netty something: there the count ends in the sink.
 */
class RefusalAllocationIT {
    private static final int ROUNDS = 3_000;
    private static final int FEW = 300;

    private final AllocationMeter meter = AllocationMeter.orSkip();
    private final Keeping kept = new Keeping(1, this::refused);
    private final PacketSink<ByteBuf> buffers = kept.buffers();
    private final PacketSink<ByteBuffer> lent = kept.lent();

    private void costsNothing(int rounds, Runnable round) {
        assertThat(meter.leastOf(rounds, round)).isZero();
    }

    private void send(NatEngine engine, FreshBuffers fresh, Side from, Octets packet) {
        ByteBuf buffer = fresh.with(packet);
        meter.start();
        engine.translate(buffer, from, ChecksumStatus.VERIFY, 0, buffers);
        meter.stop();
        kept.release();
    }

    private void refused() {
        if (ResourceLeakDetector.isEnabled()) {
            meter.stop();
        }
    }

    static Set<Refusal> atOnce() {
        return Refusals.AT_ONCE;
    }

    @ParameterizedTest
    @MethodSource("atOnce")
    void forEveryReason(Refusal reason) {
        NatEngine engine = Refusals.engine(reason);
        Octets packet = Refusals.packet(reason);
        Side side = Refusals.side(reason);
        costsNothing(ROUNDS, () -> send(engine, FreshBuffers.UNPOOLED_HEAP, side, packet));
        costsNothing(ROUNDS, () -> send(engine, FreshBuffers.UNPOOLED_DIRECT, side, packet));
        assertThat(engine.counters().refused(reason)).isGreaterThanOrEqualTo(4 * ROUNDS);
        assertThat(kept.forwarded()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void inFreshBuffersOfEveryAllocator(FreshBuffers fresh) {
        List<NatEngine> engines =
                Refusals.AT_ONCE.stream().map(Refusals::engine).toList();
        List<Octets> packets = Refusals.AT_ONCE.stream().map(Refusals::packet).toList();
        costsNothing(FEW, () -> {
            int next = 0;
            for (Refusal reason : Refusals.AT_ONCE) {
                send(engines.get(next), fresh, Refusals.side(reason), packets.get(next));
                next++;
            }
        });
        assertThat(kept.refused()).isGreaterThanOrEqualTo(2 * FEW * Refusals.AT_ONCE.size());
    }

    @ParameterizedTest
    @EnumSource
    void forGarbage(FreshBuffers fresh) {
        NatEngine engine = Refusals.engine(Refusal.FILTERED);
        List<Octets> garbage = garbage();
        costsNothing(20, () -> garbage.forEach(packet -> send(engine, fresh, Side.OUTSIDE, packet)));
        costsNothing(20, () -> garbage.forEach(packet -> send(engine, fresh, Side.INSIDE, packet)));
        assertThat(kept.forwarded()).isZero();
    }

    /** Random bytes, and good packets with random bytes in them. */
    private static List<Octets> garbage() {
        Random random = new Random(1);
        List<Octets> garbage = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            garbage.add(Octets.of(bytes));
            byte[] packet = udp(OUT1, 53, EXT1, 7).octets().toByteArray();
            packet[random.nextInt(packet.length)] ^= (byte) (1 + random.nextInt(255));
            garbage.add(Octets.of(packet));
        }
        return garbage;
    }

    @Test
    void inArraysAndBuffersThatAreLent() {
        byte[] array = new byte[200];
        ByteBuffer direct = ByteBuffer.allocateDirect(200);
        for (Refusal reason : Refusals.AT_ONCE) {
            NatEngine engine = Refusals.engine(reason);
            byte[] packet = Refusals.packet(reason).toByteArray();
            costsNothing(ROUNDS, () -> {
                System.arraycopy(packet, 0, array, 0, packet.length);
                direct.clear().put(packet).flip();
                meter.start();
                engine.translate(array, 0, packet.length, Refusals.side(reason), ChecksumStatus.VERIFY, 0, lent);
                engine.translate(direct, Refusals.side(reason), ChecksumStatus.VERIFY, 0, lent);
                meter.stop();
            });
        }
    }

    /** Hosts without a session, at a full table, with several public addresses and the platform's secure source. */
    @Test
    void forHostsThatNeverGetIn() {
        NatEngine engine = NatEngine.builder(config(EXT1, EXT2)
                        .withLimits(Limits.of(1, 9, 9, 9))
                        .withIcmp(IcmpPolicy.STANDARD.withAnswers(Set.of())))
                .build();
        new NatBed(engine).fromInside(udp(IN1, 5000, OUT1, 53));
        List<Octets> others = IntStream.range(1, 50)
                .mapToObj(n ->
                        udp(new Ipv4Address(IN1.bits() + n), 5000, OUT1, 53).octets())
                .toList();
        costsNothing(
                100, () -> others.forEach(packet -> send(engine, FreshBuffers.UNPOOLED_HEAP, Side.INSIDE, packet)));
        assertThat(kept.refused()).isPositive();
        assertThat(kept.forwarded()).isZero();
    }

    /** Beyond the rate of answers a refusal costs nothing, though its sender is told of others. */
    @Test
    void whereTheRateOfAnswersIsUsedUp() {
        NatConfig config = config(EXT1)
                .withPath(PathPolicy.STANDARD.withHop(true))
                .withIcmp(IcmpPolicy.STANDARD.withAnswerRate(new Rate(1, 1)));
        NatEngine engine = NatEngine.builder(config).build();
        Octets packet = Refusals.packet(Refusal.TTL_EXPIRED);
        costsNothing(ROUNDS, () -> send(engine, FreshBuffers.UNPOOLED_HEAP, Side.INSIDE, packet));
        assertThat(engine.counters().answers(Answer.TTL_EXCEEDED)).isEqualTo(1);
        assertThat(kept.forwarded()).isEqualTo(1);
    }
}
