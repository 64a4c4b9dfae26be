package io.github.culvert.nat.engine;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static io.github.culvert.nat.testkit.lab.TcpTalk.letters;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpBuilder;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.alg.TalkAlg;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where the streams of a control channel begin, and who can say so (RFC 9293 section 3.10.7, RFC 5961). */
class ChannelSynTest {
    private static final String ROUTE = "IN1:4000 > OUT1:7000";
    private static final long ISN = 0x1234_5678L;
    private static final long ANSWER = 0x2345_6789L;

    private final NatEngine engine = NatEngine.builder(NatBed.config(Packets.EXT1))
            .random(new SplittableRandom(1))
            .alg(new TalkAlg())
            .build();
    private final Lab lab = Lab.around(engine);

    /** A segment between the hosts of {@link #ROUTE} with numbers of its own. */
    private Sent raw(Direction way, long sequence, long acknowledgment, String text, TcpFlag... flags) {
        return send(way, "IN1:4000 > OUT1:7000", "OUT1:7000 > EXT1:4000", sequence, acknowledgment, text, flags);
    }

    private Sent send(
            Direction way, String out, String in, long sequence, long acknowledgment, String text, TcpFlag... flags) {
        String[] ends = (way == OUTBOUND ? out : in).split(" > ");
        Endpoint from = Lab.endpoint(ends[0]);
        Endpoint to = Lab.endpoint(ends[1]);
        TcpBuilder segment = TcpSegment.builder()
                .ports((int) from.identifier(), (int) to.identifier())
                .sequence(sequence)
                .payload(letters(text));
        if (Arrays.asList(flags).contains(TcpFlag.ACK)) {
            segment.acknowledgment(acknowledgment);
        }
        return lab.send(
                way == OUTBOUND ? Side.INSIDE : Side.OUTSIDE,
                Packets.ipv4(from.address(), to.address())
                        .transport(segment.flags(flags))
                        .build());
    }

    private int calls() {
        return engine.table().algs().get(0).sessions();
    }

    @Test
    void aForgedSynDoesNotMoveAStreamThatWasAnswered() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        raw(INBOUND, ANSWER, 0, "", TcpFlag.SYN);
        raw(INBOUND, ANSWER, ISN, "", TcpFlag.SYN, TcpFlag.ACK).isRefused(Refusal.STREAM_OUT_OF_WINDOW);
        assertThat(talk.in("we")).isEqualTo("wE");
    }

    @Test
    void anAnswerToNothingDoesNotBeginAStream() {
        raw(OUTBOUND, ISN, 0, "", TcpFlag.SYN).passes();
        raw(INBOUND, ANSWER + 9, ISN + 9, "", TcpFlag.SYN, TcpFlag.ACK).isRefused(Refusal.STREAM_OUT_OF_WINDOW);
        raw(INBOUND, ANSWER, ISN + 1, "", TcpFlag.SYN, TcpFlag.ACK).passes();
        raw(OUTBOUND, ISN + 1, ANSWER + 1, "", TcpFlag.ACK).passes();
        assertThat(TcpTalk.payload(raw(INBOUND, ANSWER + 1, ISN + 1, "e", TcpFlag.ACK)))
                .isEqualTo(letters("E"));
    }

    @Test
    void aRebootedClientGetsItsChallenge() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("C\u0001\u0002");
        raw(OUTBOUND, ISN, 0, "", TcpFlag.SYN).passes();
        assertThat(calls()).isEqualTo(1);
        talk.again(INBOUND, 0, Octets.empty()).passes();
        talk.reset(OUTBOUND).passes();
        raw(OUTBOUND, ISN, 0, "", TcpFlag.SYN).passes();
        assertThat(calls()).isZero();
        raw(INBOUND, ANSWER, ISN + 1, "", TcpFlag.SYN, TcpFlag.ACK).passes();
        assertThat(TcpTalk.payload(raw(OUTBOUND, ISN + 1, ANSWER + 1, "e", TcpFlag.ACK)))
                .isEqualTo(letters("E"));
    }

    @Test
    void aServerThatForgotTheConnectionTakesANewOne() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("C\u0001\u0002");
        raw(OUTBOUND, ISN, 0, "", TcpFlag.SYN).passes();
        raw(INBOUND, ANSWER, ISN + 1, "", TcpFlag.SYN, TcpFlag.ACK).passes();
        assertThat(calls()).isZero();
        assertThat(TcpTalk.payload(raw(OUTBOUND, ISN + 1, ANSWER + 1, "e", TcpFlag.ACK)))
                .isEqualTo(letters("E"));
        assertThat(TcpTalk.payload(raw(INBOUND, ANSWER + 1, ISN + 2, "e", TcpFlag.ACK)))
                .isEqualTo(letters("E"));
    }

    @Test
    void aSynOnALiveConnectionTouchesNothing() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("eC\u0001\u0002");
        talk.in("e");
        raw(OUTBOUND, ISN, 0, "", TcpFlag.SYN).passes();
        raw(INBOUND, ANSWER, 0, "", TcpFlag.SYN).passes();
        raw(OUTBOUND, ISN, 0, "e", TcpFlag.SYN).isRefused(Refusal.STREAM_OUT_OF_WINDOW);
        assertThat(calls()).isEqualTo(1);
        assertThat(talk.out("e")).isEqualTo("E");
        assertThat(talk.in("e")).isEqualTo("E");
    }

    @Test
    void aClientOfAServerInsideMayUseItsPortAgain() {
        engine.table()
                .addForward(new StaticForward(
                        Protocol.TCP, new Endpoint(Packets.EXT1, 7070), new Endpoint(Packets.IN3, TalkAlg.PORT)));
        TcpTalk first = TcpTalk.accept(lab, "OUT1:4000 > EXT1:7070", "IN3:7000");
        assertThat(first.in("e")).isEqualTo("E");
        first.close();
        passes(INBOUND, ISN, 0, "", TcpFlag.SYN);
        passes(OUTBOUND, ANSWER, ISN + 1, "", TcpFlag.SYN, TcpFlag.ACK);
        Sent next = passes(INBOUND, ISN + 1, ANSWER + 1, "e", TcpFlag.ACK);
        assertThat(TcpTalk.payload(next)).isEqualTo(letters("E"));
    }

    private Sent passes(Direction way, long sequence, long acknowledgment, String text, TcpFlag... flags) {
        return send(way, "IN3:7000 > OUT1:4000", "OUT1:4000 > EXT1:7070", sequence, acknowledgment, text, flags)
                .passes();
    }

    @Test
    void whatAResetSaysIsNoPartOfItsStream() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.send(INBOUND, 0, letters("C\u0001\u0002"), TcpFlag.RST, TcpFlag.ACK)
                .passes();
        talk.send(INBOUND, 4, letters("e"), TcpFlag.RST, TcpFlag.ACK).passes();
        assertThat(talk.in("we")).isEqualTo("wE");
        assertThat(talk.out("e")).isEqualTo("E");
    }
}
