package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.EXT1;
import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.IN2;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static io.github.culvert.gateway.replay.Packets.OUT2;
import static io.github.culvert.gateway.replay.Packets.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.replay.OutsideView.Knowledge;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutsideViewTest {
    private final LearnedEndpoints learned = new LearnedEndpoints();
    private final OutsideView view = new OutsideView(
            learned,
            new CallBook(PptpScope.OFF),
            NatConfig.of(List.of(), List.of(Ipv4Address.parse(EXT1)))
                    .withForwards(
                            List.of(new StaticForward(Protocol.TCP, endpoint(EXT1 + ":8080"), endpoint(IN2 + ":80")))));

    private void learn(byte[] sent, String outside) {
        learned.learn(Packets.outbound(sent).flow(), endpoint(outside), 0);
    }

    private void assertSeen(byte[] recorded, Knowledge knowledge, byte[] expected) {
        OutsideView.Seen seen = view.beforeNat(Packets.inbound(recorded));
        assertThat(seen.knowledge()).isEqualTo(knowledge);
        assertThat(seen.datagram().array()).isEqualTo(expected);
    }

    @Test
    void anAnswerGoesWhereItsQuestionCameFrom() {
        learn(Packets.udp(IN1 + ":5000", OUT1 + ":53", ""), EXT1 + ":40000");
        assertSeen(
                Packets.udp(OUT1 + ":53", IN1 + ":5000", "61"),
                Knowledge.LEARNED,
                Packets.udp(OUT1 + ":53", EXT1 + ":40000", "61"));
    }

    @Test
    void anotherHostUsesWhatTheWorldSawLast() {
        learn(Packets.udp(IN1 + ":5000", OUT1 + ":53", ""), EXT1 + ":40000");
        assertSeen(
                Packets.udp(OUT2 + ":99", IN1 + ":5000", "61"),
                Knowledge.LEARNED,
                Packets.udp(OUT2 + ":99", EXT1 + ":40000", "61"));
    }

    @Test
    void aHostThatWasNotToldOfANewEndpointUsesTheOldOne() {
        learn(Packets.udp(IN1 + ":5000", OUT1 + ":53", ""), EXT1 + ":40000");
        learn(Packets.udp(IN1 + ":5000", OUT2 + ":53", ""), EXT1 + ":41000");
        assertSeen(
                Packets.udp(OUT1 + ":53", IN1 + ":5000", "61"),
                Knowledge.LEARNED,
                Packets.udp(OUT1 + ":53", EXT1 + ":40000", "61"));
        assertSeen(
                Packets.udp(OUT2 + ":53", IN1 + ":5000", "61"),
                Knowledge.LEARNED,
                Packets.udp(OUT2 + ":53", EXT1 + ":41000", "61"));
    }

    @Test
    void aForwardIsKnownToEverybody() {
        assertSeen(
                Packets.tcp(OUT1 + ":999", IN2 + ":80", 2, ""),
                Knowledge.FORWARDED,
                Packets.tcp(OUT1 + ":999", EXT1 + ":8080", 2, ""));
        assertThat(view.holder(6, endpoint(EXT1 + ":8080"))).contains(endpoint(IN2 + ":80"));
        assertThat(view.holder(17, endpoint(EXT1 + ":8080"))).isEmpty();
    }

    @Test
    void whoWasNeverSentAnythingGuesses() {
        assertSeen(
                Packets.tcp(OUT1 + ":999", IN1 + ":80", 2, ""),
                Knowledge.GUESSED,
                Packets.tcp(OUT1 + ":999", EXT1 + ":80", 2, ""));
        assertSeen(Packets.icmp(OUT1, IN1, 8, 0x00070001), Knowledge.GUESSED, Packets.icmp(OUT1, EXT1, 8, 0x00070001));
    }

    @Test
    void aPingIsAnsweredByItsId() {
        learn(Packets.icmp(IN1, OUT1, 8, 0x00070001), EXT1 + ":9000");
        assertSeen(
                Packets.icmp(OUT1, IN1, 0, 0x00070001), Knowledge.LEARNED, Packets.icmp(OUT1, EXT1, 0, 9000 << 16 | 1));
    }

    @Test
    void anIcmpErrorQuotesWhatItsSenderSaw() {
        byte[] sent = Packets.udp(IN1 + ":5000", OUT1 + ":53", "6162");
        learn(sent, EXT1 + ":40000");
        byte[] sentOutside = Packets.udp(EXT1 + ":40000", OUT1 + ":53", "6162");
        assertSeen(Packets.icmp(OUT2, IN1, 3, 0, sent), Knowledge.LEARNED, Packets.icmp(OUT2, EXT1, 3, 0, sentOutside));
    }

    @Test
    void anIcmpErrorFromInsideQuotesWhatItsReceiverSent() {
        byte[] got = Packets.udp(OUT1 + ":53", IN1 + ":5000", "6162");
        learn(Packets.udp(IN1 + ":5000", OUT1 + ":53", ""), EXT1 + ":40000");
        Datagram out = view.behindNat(Packets.outbound(Packets.icmp(IN1, OUT1, 3, 0, got)), endpoint(EXT1 + ":0"));
        byte[] gotOutside = Packets.udp(OUT1 + ":53", EXT1 + ":40000", "6162");
        assertThat(out.array()).isEqualTo(Packets.icmp(EXT1, OUT1, 3, 0, gotOutside));
    }

    @Test
    void whatHasNoIdentifierGoesToTheAddressOfItsHost() {
        learn(Packets.udp(IN1 + ":5000", OUT1 + ":53", ""), "203.0.113.2:5000");
        assertSeen(
                Packets.other(OUT1, IN1, 50, "0000000100000001"),
                Knowledge.GUESSED,
                Packets.other(OUT1, "203.0.113.2", 50, "0000000100000001"));
    }
}
