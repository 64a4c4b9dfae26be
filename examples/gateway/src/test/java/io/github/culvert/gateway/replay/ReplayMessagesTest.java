package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.EXT1;
import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static io.github.culvert.gateway.replay.Packets.OUT2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.packet.Ipv4Address;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recordings with ICMP errors, and what the NAT says itself. */
class ReplayMessagesTest {
    private static final byte[] QUESTION = Packets.udp(IN1 + ":5000", OUT1 + ":53", "6162636465666768");
    private static final byte[] ANSWER = Packets.udp(OUT1 + ":53", IN1 + ":5000", "6162636465666768");

    @Test
    void anErrorAboutWhatWasSentComesBack() throws IOException {
        Played played = Played.of(Played.CONFIG, List.of(QUESTION, Packets.icmp(OUT2, IN1, 3, 0, QUESTION)));
        assertThat(played.findings).isEmpty();
        assertThat(played.inside).hasSize(1);
    }

    @Test
    void anErrorAboutWhatWasReceivedHidesTheInside() throws IOException {
        Played played = Played.of(Played.CONFIG, List.of(QUESTION, ANSWER, Packets.icmp(IN1, OUT1, 3, 0, ANSWER)));
        assertThat(played.findings).isEmpty();
        String address = HexFormat.of().toHexDigits(Ipv4Address.parse(IN1).bits());
        assertThat(played.outside).hasSize(2).noneMatch(packet -> packet.contains(address));
    }

    @Test
    void anErrorAboutNothingIsRefused() throws IOException {
        Played played = Played.of(Played.CONFIG, List.of(Packets.icmp(OUT2, IN1, 3, 0, QUESTION)));
        assertThat(played.reasons()).containsExactly("NO_QUOTED_SESSION");
    }

    @Test
    void whatMustNotBeCutIsAnsweredWithTheMtu() throws IOException {
        byte[] large = Packets.udp(IN1 + ":5000", OUT1 + ":53", "00".repeat(700));
        Played played = Played.of(Played.CONFIG.withPath(PathPolicy.STANDARD.withOutsideMtu(600)), List.of(large));
        assertThat(played.reasons()).containsExactly("TOO_BIG");
        assertThat(played.tally.sent()).containsOnlyKeys("ICMP 3/4");
        assertThat(played.inside).singleElement().asString().contains("0258");
    }

    @Test
    void aUsedUpTimeToLiveIsAnswered() throws IOException {
        byte[] last = Packets.with(QUESTION, 8, 0x0111);
        Played played = Played.of(Played.CONFIG.withPath(PathPolicy.STANDARD.withHop(true)), List.of(last));
        assertThat(played.reasons()).containsExactly("TTL_EXPIRED");
        assertThat(played.tally.sent()).containsOnlyKeys("ICMP 11/0");
    }

    @Test
    void anUnsolicitedSynIsAnsweredWhenItHasWaited() throws IOException {
        byte[] syn = Packets.tcp(OUT1 + ":999", IN1 + ":80", 2, "");
        Played played = Played.slowly(Played.CONFIG, 10, List.of(syn, QUESTION));
        assertThat(played.reasons()).containsExactly("NO_MAPPING");
        assertThat(played.tally.sent()).containsOnlyKeys("ICMP 3/3");
        assertThat(played.outside).hasSize(2).anyMatch(packet -> packet.startsWith("cb007101c6336407", 24));
    }

    @Test
    void aConnectionThatBeganBeforeTheRecordingGoesOn() throws IOException {
        Played played = Played.of(
                Played.CONFIG,
                List.of(
                        Packets.tcp(IN1 + ":5000", OUT1 + ":80", 0x18, "6162"),
                        Packets.tcp(OUT1 + ":80", IN1 + ":5000", 0x18, "6364")));
        assertThat(played.findings).isEmpty();
    }

    @Test
    void twoInsideHostsMeetAtTheirPublicAddress() throws IOException {
        byte[] toHolder = Packets.udp(Packets.IN2 + ":6000", EXT1 + ":5000", "61");
        Played played = Played.of(
                Played.CONFIG.withBehaviours(Behaviours.all(Behaviour.TRANSPARENT)), List.of(QUESTION, toHolder));
        assertThat(played.findings).isEmpty();
        assertThat(played.inside).hasSize(1);
    }
}
