package io.github.culvert.pptp;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Sent;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import io.github.culvert.nat.testkit.packet.Fragments;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Control messages as TCP carries them through an engine: in pieces, again, and out of order. */
class Rfc2637EngineStreamTest {
    private static final int SAME = 0x1234;

    private final Site site = new Site();

    /** A connection of a client whose Call ID another one has already, so that both of its bytes may be edited. */
    private TcpTalk second() {
        Site.call(site.connect("IN1:4000 > OUT1:1723"), SAME, 0x80);
        return site.connect("IN2:4000 > OUT1:1723");
    }

    private static Octets withId(Octets message, int id) {
        return Messages.put16(message, 12, id);
    }

    @Test
    @Tag("PPTP-02")
    void nothingButTheCallIdDiffers() {
        Octets sent = Messages.outgoingRequest(SAME);
        Octets arrived = second().out(sent);
        assertThat(arrived.u16(12)).isNotIn(0, SAME);
        assertThat(withId(arrived, SAME)).isEqualTo(sent);
        TcpTalk zero = site.connect("IN3:4000 > OUT1:1723");
        assertThat(zero.out(Messages.outgoingRequest(0)).u16(12)).isNotZero();
    }

    @Test
    @Tag("PPTP-15")
    void theCutMakesNoDifference() {
        int whole = second().out(Messages.outgoingRequest(SAME)).u16(12);
        for (int cut = 1; cut < 168; cut++) {
            Site other = new Site();
            Site.call(other.connect("IN1:4000 > OUT1:1723"), SAME, 0x80);
            TcpTalk talk = other.connect("IN2:4000 > OUT1:1723");
            Octets head = talk.out(Messages.outgoingRequest(SAME).slice(0, cut));
            assertThat(head.length()).as("bytes that pass at once").isEqualTo(cut);
            Octets all = head.then(talk.out(Messages.outgoingRequest(SAME).from(cut)));
            assertThat(all).isEqualTo(withId(Messages.outgoingRequest(SAME), all.u16(12)));
            assertThat(all.u8(12)).as("the high byte never depends on the cut").isEqualTo(whole >>> 8);
            other.gre("OUT1", "EXT1", all.u16(12)).passes();
        }
    }

    @Test
    @Tag("PPTP-15")
    void severalMessagesMayComeAtOnce() {
        TcpTalk talk = second();
        Octets arrived = talk.out(Messages.all(Messages.echoRequest(), Messages.outgoingRequest(SAME)));
        assertThat(arrived.slice(0, 16)).isEqualTo(Messages.echoRequest());
        site.gre("OUT1", "EXT1", arrived.u16(16 + 12)).passes();
    }

    /** {@link TcpTalk} sums the whole segment: behind one more byte the Call ID stands at an odd offset. */
    @Test
    @Tag("PPTP-16")
    void aCallIdMayStandAtAnOddOffset() {
        TcpTalk talk = second();
        Octets echo = Messages.echoRequest();
        talk.out(echo.slice(0, 15));
        Octets arrived = talk.out(echo.from(15).then(Messages.outgoingRequest(SAME)));
        assertThat(arrived.u16(13)).isNotEqualTo(SAME);
        assertThat(withId(arrived.from(1), SAME)).isEqualTo(Messages.outgoingRequest(SAME));
    }

    @Test
    @Tag("PPTP-17")
    void aRetransmissionGetsTheSameEdits() {
        TcpTalk talk = second();
        Octets edited = talk.out(Messages.outgoingRequest(SAME));
        long begin = talk.sent(OUTBOUND) - edited.length();
        for (int from = 0; from < 20; from++) {
            for (int to = from + 1; to < 24; to++) {
                Octets piece = Messages.outgoingRequest(SAME).slice(from, to - from);
                assertThat(TcpTalk.payload(talk.again(OUTBOUND, begin + from, piece)))
                        .isEqualTo(edited.slice(from, to - from));
            }
        }
        assertThat(site.status().sessions()).isEqualTo(2);
    }

    @Test
    @Tag("PPTP-18")
    void segmentsOutOfOrderWaitForTheirTurn() {
        TcpTalk talk = second();
        long begin = talk.sent(OUTBOUND);
        Octets message = Messages.outgoingRequest(SAME);
        talk.again(OUTBOUND, begin + 13, message.slice(13, 50)).isSilent();
        talk.again(OUTBOUND, begin + 63, message.from(63)).isSilent();
        site.lab.late();
        assertThat(site.engine.counters().gauge(Gauge.STREAM_BYTES)).isPositive();
        Sent all = talk.again(OUTBOUND, begin, message.slice(0, 13));
        Octets arrived = TcpTalk.payloads(all);
        assertThat(arrived.u16(12)).isNotEqualTo(SAME);
        assertThat(withId(arrived, SAME)).isEqualTo(message);
        site.lab.late();
        assertThat(site.engine.counters().gauge(Gauge.STREAM_BYTES)).isZero();
    }

    @Test
    @Tag("PPTP-19")
    void aCallIdIsNotToChange() {
        TcpTalk talk = second();
        talk.out(Messages.outgoingRequest(SAME));
        long begin = talk.sent(OUTBOUND) - 168;
        talk.again(OUTBOUND, begin, Messages.outgoingRequest(0x4321)).isRefused(Refusal.STREAM_INCONSISTENT);
        talk.again(OUTBOUND, begin, Messages.outgoingRequest(SAME)).passes();
    }

    @Test
    @Tag("PPTP-26")
    void echoesPassUntouched() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        Octets echo = Octets.fromHex("001000011a2b3c4d0005000000000001");
        assertThat(talk.out(echo)).isEqualTo(echo);
        assertThat(talk.in(Messages.echoReply())).isEqualTo(Messages.echoReply());
        int outside = Site.call(talk, SAME, 0x80);
        site.lab.at(7400).late();
        assertThat(talk.out(echo)).isEqualTo(echo);
        site.lab.at(7400 + 7439).late();
        assertThat(talk.in(echo)).isEqualTo(echo);
        site.lab.at(7400 + 7439 + 7441 + 241).late();
        assertThat(site.status().channels()).isZero();
        site.gre("OUT1", "EXT1", outside).isRefused(Refusal.NO_BINDING);
    }

    @Test
    @Tag("NAT-FRAG-07")
    void aSegmentInFragmentsIsPutTogetherFirst() {
        TcpTalk talk = second();
        Octets message = Messages.outgoingRequest(SAME);
        Ipv4Packet packet = talk.packet(OUTBOUND, talk.sent(OUTBOUND), message, TcpFlag.ACK);
        Ipv4Packet out = site.lab
                .sendEach(Side.INSIDE, Fragments.cut(packet, 32, 40, 120))
                .datagram();
        Octets arrived = out.octets().from(40);
        assertThat(arrived.u16(12)).isNotEqualTo(SAME);
        assertThat(withId(arrived, SAME)).isEqualTo(message);
        site.gre("OUT1", "EXT1", arrived.u16(12)).passes();
        assertThat(site.status().sessions()).isEqualTo(2);
    }

    /** Type 7 with one flipped byte and its old checksum, then the good one. */
    @Test
    @Tag("SEC-17")
    void aWrongChecksumLeavesNoTrace() {
        TcpTalk talk = second();
        for (int offset = 0; offset < 168; offset++) {
            Ipv4Packet good = talk.packet(OUTBOUND, talk.sent(OUTBOUND), Messages.outgoingRequest(SAME), TcpFlag.ACK);
            Octets flipped =
                    Messages.put(good.octets(), 40 + offset, good.octets().u8(40 + offset) ^ 1);
            Ipv4Packet passed = talk.send(OUTBOUND, new Ipv4Packet(flipped), ChecksumStatus.VERIFY)
                    .packet();
            assertThat(passed.octets().from(40)).isEqualTo(flipped.from(40));
            assertThat(((TcpSegment) passed.transport()).checksumValid(passed.source(), passed.destination()))
                    .isFalse();
        }
        assertThat(site.status().sessions()).isEqualTo(1);
        int outside = Site.call(talk, SAME, 0x81);
        site.assertCarries("IN2", SAME, "OUT1", 0x81, outside);
        assertThat(site.engine.counters().refused(Refusal.STREAM_INCONSISTENT)).isZero();
    }

    /** Nothing that is outside the window of TCP is read. */
    @Test
    @Tag("SEC-17")
    void whatIsOutsideTheWindowIsNotRead() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        for (Direction way : Direction.values()) {
            long far = talk.sent(way) + (1 << 24);
            talk.again(way, far, Messages.outgoingRequest(SAME)).isRefused(Refusal.STREAM_OUT_OF_WINDOW);
        }
        assertThat(site.status().sessions()).isZero();
        int outside = Site.call(talk, SAME, 0x80);
        site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
        assertThat(talk.in(Messages.echoRequest())).isEqualTo(Messages.echoRequest());
        assertThat(talk.again(INBOUND, 0, Messages.startReply()).passes()).isNotNull();
    }
}
