package io.github.culvert.pptp;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a host that means harm may try, through an engine. */
class AbuseTest {
    private static final int SAME = 0x1234;

    private final Site site = new Site();

    @Test
    @Tag("PPTP-19")
    void aCallIdThatComesAgainAndIsAnotherIsRefused() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        long request = talk.sent(OUTBOUND);
        assertThat(talk.out(Messages.outgoingRequest(SAME)))
                .as("the Call ID is kept, so that no byte changes")
                .isEqualTo(Messages.outgoingRequest(SAME));
        inconsistent(talk, OUTBOUND, request, Messages.outgoingRequest(SAME ^ 1));
        inconsistent(talk, OUTBOUND, request, Messages.outgoingRequest(SAME ^ 0x100));
        long reply = talk.sent(INBOUND);
        assertThat(talk.in(Messages.outgoingReply(0x80, SAME))).isEqualTo(Messages.outgoingReply(0x80, SAME));
        inconsistent(talk, INBOUND, reply, Messages.outgoingReply(0x81, SAME));
        inconsistent(talk, INBOUND, reply, Messages.outgoingReply(0x80, SAME ^ 1));
        assertThat(TcpTalk.payload(talk.again(INBOUND, reply, Messages.outgoingReply(0x80, SAME))))
                .isEqualTo(Messages.outgoingReply(0x80, SAME));
        site.assertCarries("IN1", SAME, "OUT1", 0x80, SAME);
    }

    @Test
    @Tag("PPTP-19")
    void aCallIdOfASecondClientThatComesAgainAndIsAnotherIsRefused() {
        Site.call(site.connect("IN1:4000 > OUT1:1723"), SAME, 0x80);
        TcpTalk talk = site.connect("IN2:4000 > OUT1:1723");
        long request = talk.sent(OUTBOUND);
        assertThat(talk.out(Messages.outgoingRequest(SAME))).isNotEqualTo(Messages.outgoingRequest(SAME));
        inconsistent(talk, OUTBOUND, request, Messages.outgoingRequest(SAME ^ 1));
        inconsistent(talk, OUTBOUND, request, Messages.outgoingRequest(SAME ^ 0x100));
    }

    private static void inconsistent(TcpTalk talk, Direction direction, long position, Octets other) {
        talk.again(direction, position, other).isRefused(Refusal.STREAM_INCONSISTENT);
        talk.again(direction, position + 11, other.slice(11, 16)).isRefused(Refusal.STREAM_INCONSISTENT);
    }

    @Test
    void aConnectionWhoseBeginningWasNotSeenPassesUntouched() {
        Site late = new Site();
        TcpTalk talk = TcpTalk.open(site.lab, "IN1:4000 > OUT1:1723");
        assertThat(TcpTalk.payload(
                        late.lab.send(talk.packet(OUTBOUND, 156, Messages.outgoingRequest(SAME), TcpFlag.ACK))))
                .isEqualTo(Messages.outgoingRequest(SAME));
        assertThat(late.status().sessions()).isZero();
    }
}
