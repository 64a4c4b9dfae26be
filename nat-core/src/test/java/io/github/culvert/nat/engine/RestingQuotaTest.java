package io.github.culvert.nat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A host that ends its calls as soon as they are there has its share of the identifiers that rest, and no more. */
class RestingQuotaTest {
    private static final int MOST = 2;

    private final WantingAlg alg = new WantingAlg(MOST);
    private final NatEngine engine = NatEngine.builder(NatBed.config(Packets.EXT1))
            .random(new SplittableRandom(1))
            .alg(alg)
            .build();
    private final Lab lab = Lab.around(engine);

    /** Binds an identifier and gives it back at once; whether there was room for it. */
    private boolean call(TcpTalk talk, long id, Ipv4Address host) {
        boolean[] room = new boolean[1];
        alg.onBytes = (bytes, context) -> {
            room[0] = context.hasRoom(1);
            return room[0]
                    ? List.of(new Action.Bind(WantingAlg.GRE, id, id, host), new Action.Release(WantingAlg.GRE, id))
                    : List.of();
        };
        talk.out("a");
        return room[0];
    }

    @Test
    void onlySoManyRestForOneHost() {
        TcpTalk talk = TcpTalk.open(lab, "IN1:4000 > OUT1:7000");
        int most = 16 * MOST;
        for (int id = 0; id < most; id++) {
            assertThat(call(talk, id, Packets.IN1)).as("%s", id).isTrue();
        }
        assertThat(call(talk, most, Packets.IN1)).isFalse();
        TcpTalk other = TcpTalk.open(lab, "IN2:4000 > OUT1:7000");
        assertThat(call(other, most, Packets.IN2)).isTrue();
        lab.at(61).late();
        assertThat(call(talk, most, Packets.IN1)).isTrue();
    }

    @Test
    void theCountIsRightAfterTimeHasPassedUnseen() {
        TcpTalk talk = TcpTalk.open(lab, "IN1:4000 > OUT1:7000");
        for (int round = 0; round < 3; round++) {
            for (int id = 0; id < 16 * MOST; id++) {
                assertThat(call(talk, id, Packets.IN1)).as("%s", id).isTrue();
            }
            assertThat(call(talk, 99, Packets.IN1)).isFalse();
            // nothing calls advance: the identifiers wake as they are asked for
            lab.at(61 * (round + 1));
            alg.onBytes = (bytes, context) -> {
                for (int id = 0; id < 16 * MOST; id++) {
                    assertThat(context.isFree(WantingAlg.GRE, id)).isTrue();
                }
                return List.of();
            };
            talk.out("b");
        }
        lab.at(300).late();
        engine.table().closeSessions(session -> true);
        lab.at(400).late();
        assertThat(engine.counters().gauge(Gauge.SESSIONS)).isZero();
    }
}
