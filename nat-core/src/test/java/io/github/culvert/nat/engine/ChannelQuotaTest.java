package io.github.culvert.nat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.alg.TalkAlg;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A host that opens control channels as fast as it can costs a bounded amount of memory, and nobody else anything. */
class ChannelQuotaTest {
    private static final int MOST = 1024;

    private final NatEngine engine = NatEngine.builder(NatBed.config(Packets.EXT1))
            .random(new SplittableRandom(1))
            .alg(new TalkAlg())
            .build();
    private final Lab lab = Lab.around(engine);

    private int channels() {
        return engine.table().algs().get(0).channels();
    }

    @Test
    void oneHostHasNoMoreThanItsShare() {
        for (int port = 0; port < MOST + 10; port++) {
            lab.tcp("IN1:" + (2000 + port) + " > OUT1:7000", TcpFlag.SYN).passes();
        }
        assertThat(channels()).isEqualTo(MOST);
        assertThat(engine.counters().notices()).containsEntry("ALG_NO_ROOM", 10L);
        assertThat(TcpTalk.open(lab, "IN1:1999 > OUT1:7000").out("e")).isEqualTo("e");
        assertThat(TcpTalk.open(lab, "IN2:4000 > OUT1:7000").out("e")).isEqualTo("E");
        engine.table().closeSessions(session -> true);
        assertThat(channels()).isZero();
        assertThat(TcpTalk.open(lab, "IN1:1999 > OUT1:7000").out("e")).isEqualTo("E");
    }
}
