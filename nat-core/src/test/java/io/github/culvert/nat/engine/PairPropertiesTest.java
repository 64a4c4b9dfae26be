package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.IN3;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever an ALG infers of pairs of hosts, no packet reaches a host that its tracker did not name. */
class PairPropertiesTest {
    private static final List<Ipv4Address> HOSTS = List.of(IN1, IN2, IN3);
    private static final List<Ipv4Address> REMOTES = List.of(OUT1, OUT2);
    private static final List<Ipv4Address> OURS = List.of(EXT1, EXT2);

    private static final class Run {
        private final SplittableRandom random;
        private final GuessingAlg alg;
        private final NatEngine engine;
        private final Lab lab;
        private int arrived;

        Run(long seed) {
            random = new SplittableRandom(seed);
            alg = new GuessingAlg(random.split());
            engine = NatEngine.builder(NatBed.config(EXT1, EXT2))
                    .random(new SplittableRandom(seed))
                    .alg(alg)
                    .build();
            lab = Lab.around(engine);
        }

        private <T> T one(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        void step() {
            int id = random.nextInt(8);
            boolean out = random.nextInt(3) == 0;
            Ipv4Address near = out ? one(HOSTS) : one(OURS);
            Ipv4Address far = one(REMOTES);
            alg.copies.clear();
            if (out) {
                for (Delivery left :
                        lab.send(PairTest.whisper(near, far, id, "n...")).all()) {
                    if (left.isForwarded()) {
                        assertThat(left.exit()).isEqualTo(Delivery.Exit.OUTSIDE);
                        assertThat(alg.ways)
                                .contains(new GuessingAlg.Way(left.packet().source(), far, near, id));
                        assertThat(left.packet())
                                .isEqualTo(PairTest.whisper(left.packet().source(), far, id, "n..."));
                    }
                }
                return;
            }
            for (Delivery came :
                    lab.send(PairTest.whisper(far, near, id, "n...")).all()) {
                if (came.isForwarded()) {
                    isNamed(near, far, id, came);
                }
            }
        }

        private void isNamed(Ipv4Address outside, Ipv4Address far, int id, Delivery came) {
            Ipv4Packet packet = came.packet();
            assertThat(came.exit()).isEqualTo(Delivery.Exit.INSIDE);
            assertThat(packet).isEqualTo(PairTest.whisper(far, packet.destination(), id, "n..."));
            boolean bound = packet.destination().equals(alg.owners.get(new GuessingAlg.Ear(outside, far, id)));
            assertThat(bound || alg.copies.contains(packet.destination())).isTrue();
            arrived++;
        }

        void end() {
            assertThat(engine.counters().notices()).doesNotContainKey("ALG_FAILED");
            assertThat(engine.table().algs().get(0).sessions()).isEqualTo(alg.ways.size() + alg.owners.size());
            if (random.nextBoolean()) {
                engine.table().disable(alg.name());
            } else {
                lab.at(1_000_000).late();
                lab.at(1_000_001).late();
            }
            assertThat(engine.table().algs().get(0).sessions()).isZero();
            assertThat(engine.table().algs().get(0).channels()).isZero();
            assertThat(engine.flows().sessionCount()).isZero();
            assertThat(engine.flows().hostCount()).isZero();
        }
    }

    @Property(tries = 60)
    void nobodyGetsWhatIsNotMeantForHim(@ForAll long seed) {
        Run run = new Run(seed);
        double now = 0;
        for (int i = 0; i < 400; i++) {
            now += run.random.nextInt(20) == 0 ? run.random.nextInt(30) : 0.1;
            run.lab.at(now);
            if (run.random.nextBoolean()) {
                run.lab.late();
            }
            run.step();
        }
        assertThat(run.arrived).isPositive();
        run.lab.late();
        run.end();
    }
}
