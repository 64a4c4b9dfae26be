package io.github.culvert.nat.engine;

import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static io.github.culvert.nat.testkit.lab.TcpTalk.letters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.Deliveries;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What becomes of the buffers and the checksums of segments that were held. */
class ChannelBufferTest {
    private static final String ROUTE = "IN1:4000 > OUT1:7000";

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, false, false);
    private final WantingAlg alg = new WantingAlg();
    private final NatEngine engine = NatEngine.builder(NatBed.config(Packets.EXT1))
            .random(new SplittableRandom(1))
            .allocator(allocator)
            .alg(alg)
            .build();
    private final Lab lab = Lab.around(engine);

    @Test
    void anErrorWhileASegmentIsSentOnLosesNoBuffer() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.again(OUTBOUND, 1, letters("b"));
        talk.again(OUTBOUND, 2, letters("c"));
        alg.onBytes = (bytes, context) -> {
            if (bytes.u8(0) != 'a') {
                throw new StackOverflowError("on purpose");
            }
            return List.<Action>of();
        };
        long before = allocator.metric().usedHeapMemory();
        ByteBuf packet = buffer(talk.packet(OUTBOUND, 0, letters("a"), TcpFlag.ACK));
        assertThatThrownBy(() ->
                        engine.translate(packet, Side.INSIDE, ChecksumStatus.VERIFY, 0, new Deliveries().buffers()))
                .isInstanceOf(StackOverflowError.class);
        assertThat(packet.refCnt()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isEqualTo(before);
    }

    @Test
    void aChecksumThatHardwareWasToCompleteIsComplete() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        lab.send(Side.INSIDE, partial(talk.packet(OUTBOUND, 1, letters("bcd"), TcpFlag.ACK)), ChecksumStatus.PARTIAL);
        Sent sent = talk.again(OUTBOUND, 0, letters("a"));
        assertThat(TcpTalk.payloads(sent)).isEqualTo(letters("abcd"));
        Ipv4Packet last = sent.all().get(1).packet();
        assertThat(((TcpSegment) last.transport()).checksumValid(last.source(), last.destination()))
                .isTrue();
    }

    /** A segment whose checksum field has the sum of the pseudo-header alone. */
    private static Ipv4Packet partial(Ipv4Packet packet) {
        byte[] bytes = packet.octets().toByteArray();
        int sum = 6 + bytes.length - 20;
        for (int at = 12; at < 20; at += 2) {
            sum += (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        bytes[36] = (byte) (sum >>> 8);
        bytes[37] = (byte) sum;
        return Ipv4Packet.parse(Octets.of(bytes)).orElseThrow();
    }

    private static ByteBuf buffer(Ipv4Packet packet) {
        byte[] bytes = packet.octets().toByteArray();
        return ByteBufAllocator.DEFAULT.heapBuffer().writeBytes(bytes);
    }
}
