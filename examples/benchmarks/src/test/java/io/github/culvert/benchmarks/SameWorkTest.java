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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Baseline and engine do the same work: the comparison is honest. */
class SameWorkTest {
    private static final int SESSIONS = 500;

    @ParameterizedTest
    @CsvSource({"UDP, HEAP", "UDP, DIRECT", "TCP, HEAP", "TCP, DIRECT"})
    void both_give_the_same_bytes_for_every_packet(Template template, BufferKind kind) {
        Sessions sessions = new Sessions(template, SESSIONS, kind);
        PacketPlan plan = sessions.plan();
        Random random = new Random(3);
        for (int i = 0; i < plan.size(); i++) {
            ByteBuf byHand = packet(plan, i, kind, random);
            byte[] before = ByteBufUtil.getBytes(byHand);
            ByteBuf single = byHand.copy();
            ByteBuf batched = byHand.copy();
            assertThat(sessions.baseline().translate(byHand, plan.side(i).ordinal(), 1))
                    .isTrue();
            translate(sessions, single, plan.side(i));
            translateInBatch(sessions, batched, plan.side(i));
            assertThat(ByteBufUtil.getBytes(single))
                    .isEqualTo(ByteBufUtil.getBytes(byHand))
                    .isNotEqualTo(before);
            assertThat(ByteBufUtil.getBytes(batched)).isEqualTo(ByteBufUtil.getBytes(byHand));
        }
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

    private static void translate(Sessions sessions, ByteBuf packet, Side from) {
        CountingSink sink = new CountingSink();
        sessions.engine().translate(packet, from, ChecksumStatus.TRUSTED, 0, sink);
        assertThat(sink.forwarded()).isEqualTo(1);
    }

    private static void translateInBatch(Sessions sessions, ByteBuf packet, Side from) {
        CountingSink sink = new CountingSink();
        PacketBatch batch = new PacketBatch(32);
        batch.add(packet, from, ChecksumStatus.TRUSTED);
        sessions.engine().translate(batch, 0, sink);
        assertThat(sink.forwarded()).isEqualTo(1);
    }

    @Test
    void the_packets_are_right_before_and_after() {
        for (Template template : new Template[] {Template.UDP, Template.TCP}) {
            Sessions sessions = new Sessions(template, SESSIONS, BufferKind.HEAP);
            PacketPlan plan = sessions.plan();
            ByteBuf packet = BufferKind.HEAP.buffer(128);
            for (int i = 0; i < plan.size(); i++) {
                plan.write(i, packet);
                assertRight(packet);
                translate(sessions, packet, plan.side(i));
                assertRight(packet);
            }
        }
    }

    private static void assertRight(ByteBuf packet) {
        Parsed<Ipv4Packet> parsed = Ipv4Packet.parse(Octets.of(ByteBufUtil.getBytes(packet)));
        assertThat(parsed.orElseThrow().transportChecksumWrong()).isFalse();
    }

    @Test
    void half_of_the_packets_come_from_each_side() {
        PacketPlan plan = new Sessions(Template.UDP, SESSIONS, BufferKind.HEAP).plan();
        int inbound = 0;
        for (int i = 0; i < plan.size(); i++) {
            inbound += plan.side(i) == Side.OUTSIDE ? 1 : 0;
        }
        assertThat(inbound).isEqualTo(SESSIONS).isEqualTo(plan.size() / 2);
    }
}
