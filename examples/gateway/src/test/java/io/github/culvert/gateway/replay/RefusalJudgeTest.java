package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.EXT1;
import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static io.github.culvert.gateway.replay.Packets.OUT2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.refusal.Refusal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalJudgeTest {
    private static final long SECOND = 1_000_000_000;
    private static final byte[] UDP = Packets.udp(IN1 + ":5000", OUT1 + ":53", "61");

    private final LearnedEndpoints learned = new LearnedEndpoints();
    private final RefusalJudge judge =
            new RefusalJudge(learned, new CallBook(PptpScope.OFF), NatConfig.of(List.of(), List.of()));

    private boolean explained(Refusal reason, Recorded packet, long seconds) {
        return judge.contradiction(reason, packet, packet, seconds * SECOND).isEmpty();
    }

    private void passed(byte... packet) {
        learned.learn(Packets.outbound(packet).flow(), Packets.endpoint(EXT1 + ":40000"), 0);
    }

    @Test
    void whatCanBeSeenInThePacket() {
        byte[] cut = Arrays.copyOf(UDP, UDP.length - 1);
        byte[] wrong = UDP.clone();
        wrong[10] ^= 1;
        byte[] fragment = Packets.with(UDP, 6, 0x2000);
        assertThat(explained(Refusal.CUT_SHORT, Packets.outbound(cut), 0)).isTrue();
        assertThat(explained(Refusal.CUT_SHORT, Packets.outbound(UDP), 0)).isFalse();
        assertThat(explained(Refusal.BAD_IP_CHECKSUM, Packets.outbound(wrong), 0))
                .isTrue();
        assertThat(explained(Refusal.BAD_IP_CHECKSUM, Packets.outbound(UDP), 0)).isFalse();
        assertThat(explained(Refusal.FRAGMENT_TIMEOUT, Packets.outbound(fragment), 0))
                .isTrue();
        assertThat(explained(Refusal.FRAGMENT_TIMEOUT, Packets.outbound(UDP), 0))
                .isFalse();
        assertThat(explained(Refusal.SPOOFED_INSIDE, Packets.outbound(UDP), 0)).isFalse();
    }

    @Test
    void aWrongTransportChecksumWasPassedAsTrusted() {
        byte[] wrong = Packets.with(UDP, 26, 0x1234);
        assertThat(explained(Refusal.BAD_TRANSPORT_CHECKSUM, Packets.outbound(wrong), 0))
                .isFalse();
        byte[] fragment = Packets.with(wrong, 6, 0x2000);
        assertThat(explained(Refusal.BAD_TRANSPORT_CHECKSUM, Packets.outbound(fragment), 0))
                .isTrue();
    }

    @Test
    void filteringIsByRemoteHost() {
        passed(UDP);
        Recorded otherPort = Packets.inbound(Packets.udp(OUT1 + ":99", IN1 + ":5000", ""));
        Recorded otherHost = Packets.inbound(Packets.udp(OUT2 + ":53", IN1 + ":5000", ""));
        assertThat(explained(Refusal.FILTERED, otherPort, 1)).isFalse();
        assertThat(explained(Refusal.FILTERED, otherHost, 1)).isTrue();
        assertThat(explained(Refusal.FILTERED, otherPort, 301)).isTrue();
    }

    @Test
    void aConnectionStaysOpenForItsShortestTimeout() {
        passed(Packets.tcp(IN1 + ":5000", OUT1 + ":80", 2, ""));
        Recorded answer = Packets.inbound(Packets.tcp(OUT1 + ":80", IN1 + ":5000", 0x10, ""));
        Recorded other = Packets.inbound(Packets.tcp(OUT1 + ":81", IN1 + ":5000", 0x10, ""));
        Recorded more = Packets.outbound(Packets.tcp(IN1 + ":5000", OUT1 + ":80", 0x10, ""));
        assertThat(explained(Refusal.TCP_WITHOUT_SYN, answer, 239)).isFalse();
        assertThat(explained(Refusal.TCP_WITHOUT_SYN, more, 239)).isFalse();
        assertThat(explained(Refusal.TCP_WITHOUT_SYN, answer, 241)).isTrue();
        assertThat(explained(Refusal.TCP_WITHOUT_SYN, other, 1)).isTrue();
    }

    @Test
    void aPingIsAnsweredWithinItsTimeout() {
        passed(Packets.icmp(IN1, OUT1, 8, 0x00070001));
        Recorded answer = Packets.inbound(Packets.icmp(OUT1, IN1, 0, 0x00070001));
        assertThat(explained(Refusal.NO_MAPPING, answer, 59)).isFalse();
        assertThat(explained(Refusal.NO_MAPPING, answer, 61)).isTrue();
    }

    @Test
    void whatOnlyTheConfigurationCanTellIsBelieved() {
        assertThat(explained(Refusal.HOST_MAPPING_LIMIT, Packets.outbound(UDP), 0))
                .isTrue();
    }
}
