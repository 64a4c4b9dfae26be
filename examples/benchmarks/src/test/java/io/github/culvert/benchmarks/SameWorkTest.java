package io.github.culvert.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.benchmarks.traffic.BufferKind;
import io.github.culvert.benchmarks.traffic.CountingSink;
import io.github.culvert.benchmarks.traffic.PacketPlan;
import io.github.culvert.benchmarks.traffic.Sessions;
import io.github.culvert.benchmarks.traffic.Template;
import io.github.culvert.nat.engine.PacketBatch;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.Parsed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Baseline and engine do the same work: the comparison is honest. */
class SameWorkTest {
    /** So many that batches overlap their memory accesses. */
    private static final int SESSIONS = 5_000;

    private static final int PACKETS = 960;
    private static final int BATCH = 32;

    @ParameterizedTest
    @CsvSource({"UDP, HEAP", "UDP, DIRECT", "TCP, HEAP", "TCP, DIRECT"})
    void both_give_the_same_bytes_for_every_packet(Template template, BufferKind kind) {
        Sessions sessions = new Sessions(SESSIONS, kind, Template.UDP, Template.TCP);
        PacketPlan plan = sessions.plan(template);
        Random random = new Random(3);
        for (int i = 0; i < PACKETS; i += BATCH) {
            compare(sessions, plan, packets(plan, i, kind, random), i);
        }
    }

    private static void compare(Sessions sessions, PacketPlan plan, List<ByteBuf> byHand, int first) {
        List<ByteBuf> single = byHand.stream().map(ByteBuf::copy).toList();
        List<ByteBuf> batched = byHand.stream().map(ByteBuf::copy).toList();
        PacketBatch batch = new PacketBatch(BATCH);
        CountingSink sink = new CountingSink();
        for (int i = 0; i < BATCH; i++) {
            Side from = plan.side(first + i);
            assertThat(sessions.baseline().translate(byHand.get(i), from == Side.INSIDE ? 0 : 1, 1))
                    .isTrue();
            sessions.engine().translate(single.get(i), from, ChecksumStatus.TRUSTED, 0, sink);
            batch.add(batched.get(i), from, ChecksumStatus.TRUSTED);
        }
        sessions.engine().translate(batch, 0, sink);
        assertThat(sink.forwarded()).isEqualTo(2 * BATCH);
        assertThat(single).isEqualTo(byHand);
        assertThat(batched).isEqualTo(byHand);
        Stream.of(byHand, single, batched).flatMap(List::stream).forEach(ByteBuf::release);
    }

    private static List<ByteBuf> packets(PacketPlan plan, int first, BufferKind kind, Random random) {
        return IntStream.range(first, first + BATCH)
                .mapToObj(entry -> packet(plan, entry, kind, random))
                .toList();
    }

    /** A packet of the plan; for one in four the transport checksum is any, absent and the two zeros included. */
    private static ByteBuf packet(PacketPlan plan, int entry, BufferKind kind, Random random) {
        ByteBuf packet = kind.buffer(128);
        plan.write(entry, packet);
        if (entry % 4 == 0) {
            int at = packet.getByte(9) == 17 ? 26 : 36;
            int checksum = entry % 8 == 0 ? random.nextInt(1 << 16) : entry % 16 == 4 ? 0 : 0xffff;
            packet.setShort(at, checksum);
        }
        return packet;
    }

    @ParameterizedTest
    @EnumSource(
            value = Template.class,
            names = {"UDP", "TCP"})
    void the_packets_are_right_before_and_after(Template template) {
        Sessions sessions = new Sessions(SESSIONS, BufferKind.HEAP, Template.UDP, Template.TCP);
        PacketPlan plan = sessions.plan(template);
        ByteBuf packet = BufferKind.HEAP.buffer(128);
        for (int i = 0; i < PACKETS; i++) {
            plan.write(i, packet);
            assertRight(packet);
            byte[] before = ByteBufUtil.getBytes(packet);
            sessions.baseline().translate(packet, plan.side(i) == Side.INSIDE ? 0 : 1, 1);
            assertRight(packet);
            assertThat(ByteBufUtil.getBytes(packet)).isNotEqualTo(before);
        }
        packet.release();
    }

    private static void assertRight(ByteBuf packet) {
        Parsed<Ipv4Packet> parsed = Ipv4Packet.parse(Octets.of(ByteBufUtil.getBytes(packet)));
        assertThat(parsed.orElseThrow().transportChecksumWrong()).isFalse();
    }

    @Test
    void half_of_the_packets_come_from_each_side() {
        PacketPlan plan = new Sessions(SESSIONS, BufferKind.HEAP, Template.UDP).plan(Template.UDP);
        int inbound = 0;
        for (int i = 0; i < plan.size(); i++) {
            inbound += plan.side(i) == Side.OUTSIDE ? 1 : 0;
        }
        assertThat(inbound).isEqualTo(SESSIONS).isEqualTo(plan.size() / 2);
    }
}
