package io.github.culvert.nat.engine;

import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static io.github.culvert.nat.testkit.lab.TcpTalk.letters;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.testkit.alg.TalkAlg;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A host that holds back as much as it can leaves room for the segments of others. */
class HeldSegmentQuotaTest {
    private static final String MUCH = "x".repeat(1400);

    private final NatEngine engine = NatEngine.builder(NatBed.config(Packets.EXT1))
            .random(new SplittableRandom(1))
            .alg(new TalkAlg())
            .build();
    private final Lab lab = Lab.around(engine);

    @Test
    void oneHostHasNoMoreThanItsShare() {
        for (int port = 2000; port < 2100; port++) {
            TcpTalk talk = TcpTalk.open(lab, "IN1:" + port + " > OUT1:7000");
            for (int i = 1; i <= 8; i++) {
                talk.again(OUTBOUND, 1400L * i, letters(MUCH));
            }
        }
        lab.at(1).late();
        long one = engine.counters().gauge(Gauge.STREAM_BYTES);
        assertThat(one).isBetween(120L << 10, 128L << 10);
        TcpTalk other = TcpTalk.open(lab, "IN2:4000 > OUT1:7000");
        assertThat(other.again(OUTBOUND, 1, letters("b")).all()).isEmpty();
        assertThat(TcpTalk.payloads(other.again(OUTBOUND, 0, letters("a")))).isEqualTo(letters("ab"));
        lab.at(12).late();
        assertThat(engine.counters().gauge(Gauge.STREAM_BYTES)).isZero();
        TcpTalk again = TcpTalk.open(lab, "IN1:5000 > OUT1:7000");
        assertThat(again.again(OUTBOUND, 1, letters("b")).all()).isEmpty();
    }
}
