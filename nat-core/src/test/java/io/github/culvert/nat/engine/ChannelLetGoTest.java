package io.github.culvert.nat.engine;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static io.github.culvert.nat.testkit.lab.TcpTalk.letters;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.alg.TalkAlg;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A control channel with nothing left to edit takes the way of all others, until a new connection begins. */
class ChannelLetGoTest {
    private static final String ROUTE = "IN1:4000 > OUT1:7000";

    private final NatEngine engine = NatEngine.builder(NatBed.config(Packets.EXT1))
            .random(new SplittableRandom(1))
            .alg(new TalkAlg())
            .build();
    private final Lab lab = Lab.around(engine);

    private int channels() {
        return engine.table().algs().get(0).channels();
    }

    @Test
    void itIsLetGoOnceAllEditsAreAcknowledged() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("e");
        assertThat(talk.out(".e")).isEqualTo(".e");
        assertThat(channels()).isEqualTo(1);
        assertThat(TcpTalk.payload(talk.again(OUTBOUND, 0, letters("e")))).isEqualTo(letters("E"));
        talk.again(INBOUND, 0, Octets.empty()).passes();
        assertThat(channels()).isZero();
        assertThat(talk.out("e")).isEqualTo("e");
        assertThat(talk.in("e")).isEqualTo("e");
        // what comes from anywhere in the stream is nobody's business any more
        talk.again(OUTBOUND, 1 << 24, letters("e")).passes();
        talk.close();
        assertThat(TcpTalk.open(lab, ROUTE).out("e")).isEqualTo("E");
    }

    @Test
    void anAlgThatIsSwitchedOnReadsTheNextConnectionAtTheSamePorts() {
        engine.table().disable("talk");
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        engine.table().enable("talk");
        assertThat(talk.out("e")).isEqualTo("e");
        talk.reset(OUTBOUND).passes();
        assertThat(TcpTalk.open(lab, ROUTE).out("e")).isEqualTo("E");
        assertThat(channels()).isEqualTo(1);
    }

    @Test
    void whatIsSwitchedOffIsLetGo() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("C\u0001\u0002");
        engine.table().disable("talk");
        talk.again(INBOUND, 0, Octets.empty()).passes();
        talk.out("e");
        assertThat(channels()).isZero();
        engine.table().enable("talk");
        talk.close();
        assertThat(TcpTalk.open(lab, ROUTE).out("e")).isEqualTo("E");
        lab.at(4).late();
        engine.table().closeSessions(session -> true);
        assertThat(channels()).isZero();
    }
}
