package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.IcmpBuilder;
import io.github.culvert.nat.packet.IcmpError;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.BufferForm;
import io.github.culvert.nat.testkit.bed.Deliveries;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.Dialogue;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.packet.PacketAssert;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** What an ICMP error quotes, however much of it and of whatever flow: RFC 5508 section 4. */
class QuotedPropertiesTest {
    private static final Octets AFTER = Octets.fromHex("A5A5A5A5A5A5A5A5");

    private final SplittableRandom random = new SplittableRandom(5);

    /** A flow through a NAT: what the inside host sent and what of it went out, and the same of the answer. */
    private record Flow(NatBed bed, Octets request, Octets sent, Octets answer, Octets received) {
        static Flow random(long seed) {
            NatBed bed = new NatBed(NatEngine.builder(config(EXT1, EXT2))
                    .random(new SplittableRandom(seed))
                    .build());
            // somebody else may have the identifier already
            Dialogue dialogue = Dialogue.random(seed);
            bed.fromInside(dialogue.request(new Ipv4Address(IN1.bits() + 1), OUT1));
            Octets request = dialogue.request(IN1, OUT1).octets();
            Octets sent = bed.fromInside(dialogue.request(IN1, OUT1)).octets();
            Octets answer = dialogue.answerTo(sent).octets();
            Octets received = bed.fromOutside(dialogue.answerTo(sent)).octets();
            return new Flow(bed, request, sent, answer, received);
        }
    }

    private static int header(Octets packet) {
        return (packet.u8(0) & 0xf) * 4;
    }

    /** The start of a packet, at least eight bytes of its transport. */
    private static Octets cut(Octets packet, int bytes) {
        return packet.slice(0, Math.min(packet.length(), header(packet) + 8 + bytes));
    }

    /** Without half a TCP checksum, which nobody can adjust. */
    private static Octets whole(Octets quoted) {
        boolean half = quoted.u8(9) == 6 && quoted.length() == header(quoted) + 17;
        return half ? quoted.slice(0, quoted.length() - 1) : quoted;
    }

    private Octets error(Ipv4Address from, Octets about, Octets quoted) {
        IcmpBuilder message = IcmpMessage.builder().type(random.nextBoolean() ? 3 : 11, random.nextInt(3));
        return ipv4(from, new Ipv4Address(about.i32(12)))
                .options(Octets.of(new byte[4 * random.nextInt(3)]))
                .transport(message.data(quoted))
                .octets();
    }

    private static Octets quotedOf(Delivery out) {
        assertThat(out.isForwarded()).as("%s", out).isTrue();
        PacketAssert.assertThatPacket(out.packet()).hasRightChecksums();
        return ((IcmpError) out.packet().transport()).quotedOctets();
    }

    /** Whoever sent a packet sees that very packet in the error about it. */
    @Property(tries = 300)
    @Tag("NAT-ICMP-08")
    void anErrorFromOutsideQuotesWhatTheInsideHostSent(
            @ForAll long seed, @ForAll @IntRange(max = 40) int bytes, @ForAll @IntRange(max = 255) int router) {
        Flow flow = Flow.random(seed);
        Octets error = error(new Ipv4Address(0xc0000200 | router), flow.sent, cut(flow.sent, bytes));
        Octets quoted = quotedOf(flow.bed.send(Side.OUTSIDE, error, ChecksumStatus.VERIFY));
        assertThat(whole(quoted)).isEqualTo(whole(cut(flow.request, bytes)));
    }

    @Property(tries = 300)
    @Tag("NAT-ICMP-09")
    void anErrorFromInsideQuotesWhatTheRemoteHostSent(@ForAll long seed, @ForAll @IntRange(max = 40) int bytes) {
        Flow flow = Flow.random(seed);
        Octets error = error(IN1, flow.received, cut(flow.received, bytes));
        Delivery out = flow.bed.send(Side.INSIDE, error, ChecksumStatus.VERIFY);
        assertThat(whole(quotedOf(out))).isEqualTo(whole(cut(flow.answer, bytes)));
        assertThat(out.packet().source().bits()).isEqualTo(flow.sent.i32(12));
    }

    /** A wrong checksum of the quoted transport is wrong by as much as it was. */
    @Property(tries = 200)
    @Tag("NAT-ICMP-06")
    void aWrongQuotedChecksumStaysWrong(@ForAll long seed, @ForAll @IntRange(min = 1, max = 0xfffe) int wrong) {
        Flow flow = Flow.random(seed);
        Octets bad = Dialogue.withChecksum(flow.sent, wrong);
        Octets quoted = quotedOf(flow.bed.send(Side.OUTSIDE, error(OUT1, bad, bad), ChecksumStatus.VERIFY));
        int off = (wrong - Dialogue.checksum(flow.sent) + 2 * 0xffff) % 0xffff;
        int offAfter = (Dialogue.checksum(quoted) - Dialogue.checksum(flow.request) + 2 * 0xffff) % 0xffff;
        assertThat(offAfter).isEqualTo(off);
    }

    /** Nothing behind the quoted bytes is written, and nothing at all if the error is refused. */
    @Property(tries = 200)
    @Tag("NAT-ICMP-06")
    void nothingElseIsWritten(@ForAll long seed, @ForAll @IntRange(max = 80) int bytes, @ForAll boolean outside) {
        Flow flow = Flow.random(seed);
        Octets about = outside ? flow.sent : flow.received;
        Octets quoted = about.slice(0, Math.min(about.length(), bytes));
        Octets error = error(outside ? OUT1 : IN1, about, quoted);
        byte[] memory = error.then(AFTER).toByteArray();
        Deliveries out = new Deliveries();
        Side side = outside ? Side.OUTSIDE : Side.INSIDE;
        flow.bed.engine().translate(memory, 0, memory.length, side, ChecksumStatus.VERIFY, 0, out.lent());
        Octets after = Octets.of(memory);
        assertThat(after.from(error.length())).isEqualTo(AFTER);
        if (quoted.length() < header(about) + 8) {
            assertThat(out.take()).hasToString("[refused BAD_QUOTED_PACKET]");
            assertThat(after.slice(0, error.length())).isEqualTo(error);
        }
    }

    /** Any byte that is changed on the way is found out, and the error refused. */
    @Property(tries = 200)
    @Tag("NAT-ICMP-04")
    void aBrokenErrorIsRefused(@ForAll long seed, @ForAll @IntRange(max = 1000) int at, @ForAll byte change) {
        Flow flow = Flow.random(seed);
        byte[] error = error(OUT1, flow.sent, cut(flow.sent, 20)).toByteArray();
        int header = header(Octets.of(error));
        int position = header + 1 + at % (error.length - header - 1);
        error[position] ^= change == 0 ? 1 : change;
        Delivery out = flow.bed.send(Side.OUTSIDE, Octets.of(error), ChecksumStatus.VERIFY);
        assertThat(out).hasToString("refused BAD_ICMP_CHECKSUM");
        assertThat(out.octets()).isEqualTo(Octets.of(error));
    }

    /** In whatever memory the error lies. */
    @Property(tries = 100)
    void allFormsOfBuffersAgree(@ForAll long seed, @ForAll BufferForm form) {
        Flow flow = Flow.random(seed);
        Octets error = error(OUT1, flow.sent, cut(flow.sent, 12));
        Delivery expected = flow.bed.send(Side.OUTSIDE, error, ChecksumStatus.VERIFY);
        Deliveries out = new Deliveries();
        BufferForm.Made made = form.make(error, new Random(seed));
        flow.bed.engine().translate(made.packet(), Side.OUTSIDE, ChecksumStatus.VERIFY, 0, out.buffers());
        if (made.others() > 0) {
            made.packet().release(made.others());
        }
        assertThat(out.take()).containsExactly(expected);
    }
}
