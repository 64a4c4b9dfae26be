package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.IN2;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.report.Verdict;
import io.github.culvert.nat.config.PathPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Recordings with fragments, and packets that are too large for the link. */
class ReplayFragmentsTest {
    private static final String PAYLOAD = "0123456789abcdef".repeat(400);
    private static final byte[] QUESTION = Packets.udp(IN1 + ":5000", OUT1 + ":53", PAYLOAD);
    private static final byte[] ANSWER = Packets.udp(OUT1 + ":53", IN1 + ":5000", PAYLOAD);

    @Property(tries = 60)
    void fragmentsInAnyOrderComeOutAsRecorded(@ForAll @IntRange(max = 1 << 20) int order) throws IOException {
        List<byte[]> questions = Packets.fragments(QUESTION, 7, 1480);
        List<byte[]> answers = Packets.fragments(ANSWER, 8, 1480);
        Collections.shuffle(questions, new java.util.Random(order));
        Collections.shuffle(answers, new java.util.Random(order + 1));
        questions.addAll(answers);

        Played played = Played.of(Played.CONFIG, questions);

        assertThat(played.findings).isEmpty();
        assertThat(played.tally.packetsAsRecorded()).isEqualTo(6);
    }

    @Test
    void twoHostsWithOneIdentificationGetTwo() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        List<byte[]> mine = Packets.fragments(QUESTION, 7, 1480);
        List<byte[]> others = Packets.fragments(Packets.udp(IN2 + ":5000", OUT1 + ":53", PAYLOAD), 7, 1480);
        for (int i = 0; i < mine.size(); i++) {
            packets.add(mine.get(i));
            packets.add(others.get(i));
        }
        Played played = Played.of(Played.CONFIG, packets);
        assertThat(played.findings).isEmpty();
        assertThat(played.outside.stream()
                        .map(packet -> packet.substring(8, 12))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void fragmentsThatAreNeverCompleteAreRefusedInTime() throws IOException {
        List<byte[]> packets =
                new ArrayList<>(Packets.fragments(QUESTION, 7, 1480).subList(0, 2));
        packets.add(Packets.udp(IN2 + ":5000", OUT1 + ":53", "61"));
        Played played = Played.slowly(Played.CONFIG, 10, packets);
        assertThat(played.reasons()).containsExactly("FRAGMENT_TIMEOUT", "FRAGMENT_TIMEOUT");
        assertThat(played.tally.verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void whatStillWaitsAtTheEndIsExplained() throws IOException {
        Played played =
                Played.of(Played.CONFIG, Packets.fragments(QUESTION, 7, 1480).subList(0, 1));
        assertThat(played.reasons()).containsExactly("HELD");
        assertThat(played.tally.verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void aPacketTooLargeForTheLinkLeavesInPieces() throws IOException {
        PathPolicy narrow = PathPolicy.STANDARD.withOutsideMtu(600);
        byte[] cuttable = Packets.with(Arrays.copyOf(QUESTION, QUESTION.length), 6, 0);
        Played played = Played.of(Played.CONFIG.withPath(narrow), List.of(cuttable));
        assertThat(played.findings).isEmpty();
        assertThat(played.outside)
                .hasSizeGreaterThan(3)
                .allSatisfy(piece -> assertThat(piece.length() / 2).isLessThanOrEqualTo(600));
    }

    @Test
    void aFragmentTooLargeForTheLinkLeavesInPieces() throws IOException {
        PathPolicy narrow = PathPolicy.STANDARD.withOutsideMtu(600);
        Played played = Played.of(Played.CONFIG.withPath(narrow), Packets.fragments(QUESTION, 7, 1480));
        assertThat(played.findings).isEmpty();
        assertThat(played.tally.packetsAsRecorded()).isEqualTo(3);
        assertThat(played.outside).hasSize(3 + 3 + 1);
    }

    @Test
    void aPacketThatMustNotBeCutIsRefused() throws IOException {
        PathPolicy narrow = PathPolicy.STANDARD.withOutsideMtu(600);
        Played played = Played.of(Played.CONFIG.withPath(narrow), List.of(QUESTION));
        assertThat(played.reasons()).containsExactly("TOO_BIG");
    }
}
