package io.github.culvert.nat.answer;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.packet.PacketAssert.assertThatPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.mapping.Answer;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.IcmpError;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.TableEvents;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Messages about packets that were kept, which no refusal brings about. */
class AnswersTest {
    private final Outbox outbox = new Outbox(UnpooledByteBufAllocator.DEFAULT);
    private final List<Answer> sent = new ArrayList<>();

    private Answers answers(NatConfig config) {
        FlowTable table = new FlowTable(config, new SplittableRandom(1), new TableEvents() {});
        return new Answers(config, table, outbox, sent::add);
    }

    private Ipv4Packet taken() {
        ByteBuf packet = outbox.take();
        Octets octets = Octets.copyOf(packet);
        packet.release();
        return Ipv4Packet.parse(octets).orElseThrow();
    }

    @Test
    void aSynThatNobodyTookIsAnsweredInTheOutsideView() {
        Ipv4Packet syn = Packets.tcp(OUT1, 4000, EXT1, 80, TcpFlag.SYN);
        ByteBuf kept = Unpooled.wrappedBuffer(
                        Octets.fromHex("AABBCC").then(syn.octets()).toByteArray())
                .skipBytes(3);
        answers(NatBed.config(EXT1)).about(kept, Answer.PORT_UNREACHABLE, Verdict.INBOUND, 0);
        assertThat(outbox.nextVerdict()).isEqualTo(Verdict.OUTBOUND);
        Ipv4Packet message = taken();
        assertThat(Packets.route(message)).isEqualTo("203.0.113.1 > 198.51.100.7");
        assertThatPacket(message).hasRightChecksums().hasTtl(64);
        assertThat(message.octets().slice(20, 2)).isEqualTo(Octets.fromHex("0303"));
        assertThat(((IcmpError) message.transport()).quotedOctets())
                .isEqualTo(syn.octets().slice(0, 28));
        assertThat(sent).containsExactly(Answer.PORT_UNREACHABLE);
        assertThat(kept.readableBytes()).isEqualTo(40);
    }

    @Test
    void aDatagramThatStayedInPiecesIsAnsweredByItsFirstOne() {
        Ipv4Packet first = Packets.ipv4(IN1, OUT1)
                .moreFragments()
                .protocol(17)
                .payload(Octets.fromHex("1388003500300000"))
                .build();
        answers(NatBed.config(EXT1))
                .about(
                        Unpooled.wrappedBuffer(first.octets().toByteArray()),
                        Answer.REASSEMBLY_TIME_EXCEEDED,
                        Verdict.OUTBOUND,
                        0);
        assertThat(outbox.nextVerdict()).isEqualTo(Verdict.INBOUND);
        Ipv4Packet message = taken();
        assertThat(message.octets().slice(20, 2)).isEqualTo(Octets.fromHex("0B01"));
        assertThat(((IcmpError) message.transport()).quotedOctets()).isEqualTo(first.octets());
    }

    @Test
    void aSideThatIsSwitchedOffHearsNothing() {
        NatConfig config = NatBed.config(EXT1);
        ByteBuf syn = Unpooled.wrappedBuffer(
                Packets.tcp(OUT1, 4000, EXT1, 80, TcpFlag.SYN).octets().toByteArray());
        answers(config.withIcmp(config.icmp().withAnswers(Set.of(Side.INSIDE))))
                .about(syn, Answer.PORT_UNREACHABLE, Verdict.INBOUND, 0);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(sent).isEmpty();
    }

    @Test
    void aBucketGivesItsBurstAndThenItsRate() {
        TokenBucket bucket = new TokenBucket(new Rate(10, 3));
        assertThat(taken(bucket, 0, 100)).isEqualTo(3);
        // 96 ticks are just above a tenth of a second
        assertThat(taken(bucket, 95, 100)).isZero();
        assertThat(taken(bucket, 96, 100)).isEqualTo(1);
        assertThat(taken(bucket, Long.MAX_VALUE >> 21, 100)).isEqualTo(3);
    }

    @Test
    void theLargestBucketDoesNotOverflow() {
        TokenBucket bucket = new TokenBucket(Rate.UNLIMITED);
        assertThat(taken(bucket, 0, 1000)).isEqualTo(1000);
        assertThat(taken(bucket, Long.MAX_VALUE >> 20, 1000)).isEqualTo(1000);
    }

    private static int taken(TokenBucket bucket, long tick, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take(tick) ? 1 : 0;
        }
        return taken;
    }
}
