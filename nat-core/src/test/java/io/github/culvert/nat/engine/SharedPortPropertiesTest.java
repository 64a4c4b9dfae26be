package io.github.culvert.nat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.UdpDatagram;
import io.github.culvert.nat.testkit.alg.MurmurAlg;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever hosts behind a shared port say, each gets what is for its own identifiers and nothing else. */
class SharedPortPropertiesTest {
    /** An inside host, by its number, and what it calls itself. */
    private record Owner(int host, int id) {}

    private static final class Run {
        private final SplittableRandom random;
        private final NatEngine engine;
        private final Lab lab;
        /** By remote host and outside identifier. */
        private final Map<String, Owner> owners = new HashMap<>();

        private int arrived;

        Run(long seed) {
            random = new SplittableRandom(seed);
            engine = NatEngine.builder(NatBed.config(Packets.EXT1))
                    .random(new SplittableRandom(seed))
                    .alg(new MurmurAlg())
                    .build();
            lab = Lab.around(engine);
        }

        private int some(int bound) {
            return 1 + random.nextInt(bound);
        }

        private long full() {
            return engine.counters().notices().getOrDefault("MURMUR_NO_ROOM", 0L);
        }

        void step() {
            if (random.nextInt(3) == 0) {
                out(some(3), some(2), some(4));
            } else {
                in(some(2), random.nextInt(5));
            }
        }

        private void out(int host, int remote, int id) {
            boolean hello = random.nextInt(3) > 0;
            long before = full();
            String route = "IN" + host + ":7001 > OUT" + remote + ":7001";
            Sent sent = lab.send(SharedPortTest.murmur(route, "0000%s%04X".formatted(hello ? "48" : "58", id)));
            sent.arrives("EXT1:7001 > OUT" + remote + ":7001");
            int outside = id(sent.packet(), 3);
            if (!hello) {
                owners.remove(remote + "/" + outside, new Owner(host, id));
            } else if (full() == before) {
                owners.put(remote + "/" + outside, new Owner(host, id));
            }
        }

        private void in(int remote, int small) {
            int[] known = owners.keySet().stream()
                    .filter(key -> key.startsWith(remote + "/"))
                    .mapToInt(key -> Integer.parseInt(key.substring(2)))
                    .sorted()
                    .toArray();
            int id = known.length > 0 && random.nextBoolean() ? known[random.nextInt(known.length)] : small;
            Sent sent = lab.send(SharedPortTest.murmur("OUT" + remote + ":7001 > EXT1:7001", "%04X4100".formatted(id)));
            Owner owner = owners.get(remote + "/" + id);
            if (owner == null) {
                assertThat(sent.one().isForwarded() || sent.one().toString().startsWith("host"))
                        .isFalse();
            } else {
                sent.arrives("OUT" + remote + ":7001 > IN" + owner.host + ":7001");
                assertThat(id(sent.packet(), 0)).isEqualTo(owner.id);
                arrived++;
            }
        }

        private static int id(Ipv4Packet packet, int at) {
            return ((UdpDatagram) packet.transport()).payload().u16(at);
        }

        void end() {
            assertThat(engine.table().algs().get(0).sessions()).isEqualTo(owners.size());
            lab.at(1000).late();
            lab.at(1001).late();
            assertThat(engine.table().algs().get(0).sessions()).isZero();
            assertThat(engine.flows().sessionCount()).isZero();
            assertThat(engine.flows().identifierCount()).isZero();
        }
    }

    @Property(tries = 50)
    void eachGetsWhatIsItsOwn(@ForAll long seed) {
        Run run = new Run(seed);
        for (int i = 0; i < 200; i++) {
            run.lab.at(0.2 * i);
            run.step();
        }
        assertThat(run.arrived).isPositive();
        run.end();
    }
}
