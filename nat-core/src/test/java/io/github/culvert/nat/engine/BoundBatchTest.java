package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.table.Role;
import io.github.culvert.nat.testkit.bed.Deliveries;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bound packets come out of batches as they come out one by one, in small tables and large ones. */
class BoundBatchTest {
    private static final int BATCH = 32;
    private static final int BATCHES = 300;
    private static final int CALLS = 60;
    private static final long SECOND = 1_000_000_000L;

    private final SplittableRandom random = new SplittableRandom(4);

    private record Sent(Side from, Ipv4Packet packet) {}

    /** An engine with calls that come, go and come again. */
    private static final class Nat {
        final NatEngine engine = NatEngine.builder(NatBed.config(EXT1).withPortless(Set.of(47, 97)))
                .random(new SplittableRandom(1))
                .alg(new BoundAlg())
                .build();
        private final Binder binder = new Binder(engine);

        Nat(boolean large) {
            if (large) {
                LargeTable.fill(new NatBed(engine));
            }
        }

        void turn(int call) {
            int session =
                    binder.sessions().find(Role.IN, EXT1.bits(), remote(call).bits(), 47, 0x5000 + call);
            if (session != 0) {
                binder.sessions().release(session, call % 2);
            } else if (binder.isFree(EXT1, remote(call), 0x5000 + call)) {
                binder.call(host(call), EXT1, remote(call), 7, 0x5000 + call, 100 + call % 20);
            }
        }
    }

    private static Ipv4Address host(int call) {
        return new Ipv4Address(IN1.bits() + call % 7);
    }

    private static Ipv4Address remote(int call) {
        return new Ipv4Address(OUT1.bits() + call % 3);
    }

    private Sent next() {
        int call = random.nextInt(CALLS);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Sent(Side.INSIDE, Binder.gre(host(call), remote(call), 100 + call % 20));
            case 3, 4, 5 -> new Sent(Side.OUTSIDE, Binder.gre(remote(call), EXT1, 0x5000 + call));
            case 6 ->
                new Sent(Side.OUTSIDE, portUnreachable("192.0.2.9", Binder.gre(EXT1, remote(call), 100 + call % 20)));
            default -> new Sent(Side.INSIDE, udp(host(call), 5000 + call, remote(call), 53));
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSameComesOut(boolean large) {
        Nat single = new Nat(large);
        Nat batched = new Nat(large);
        Map<String, Integer> fates = new HashMap<>();
        for (int i = 0; i < BATCHES; i++) {
            long now = 5 * SECOND * i;
            both(single, batched, nat -> nat.engine.advance(now, 1_000, new Deliveries().buffers()));
            for (int n = 0; n < 4; n++) {
                int call = random.nextInt(CALLS);
                both(single, batched, nat -> nat.turn(call));
            }
            List<Sent> packets = random.ints(BATCH).mapToObj(n -> next()).toList();
            List<Delivery> one = oneByOne(single.engine, packets, now);
            assertThat(together(batched.engine, packets, now)).isEqualTo(one);
            one.forEach(delivery -> fates.merge(delivery.exit() + delivery.reason(), 1, Integer::sum));
        }
        assertThat(fates).containsKeys("INSIDE", "OUTSIDE", "REFUSEDNO_BINDING", "REFUSEDNO_QUOTED_SESSION");
        assertThat(fates.values()).allMatch(count -> count > 100);
    }

    private static void both(Nat one, Nat other, Consumer<Nat> action) {
        action.accept(one);
        action.accept(other);
    }

    private static ByteBuf buffer(Sent sent) {
        Octets octets = sent.packet.octets();
        ByteBuf buffer = Unpooled.buffer(octets.length());
        octets.writeTo(buffer);
        return buffer;
    }

    private static List<Delivery> oneByOne(NatEngine engine, List<Sent> packets, long now) {
        Deliveries out = new Deliveries();
        packets.forEach(sent -> engine.translate(buffer(sent), sent.from, ChecksumStatus.VERIFY, now, out.buffers()));
        return out.take();
    }

    private static List<Delivery> together(NatEngine engine, List<Sent> packets, long now) {
        Deliveries out = new Deliveries();
        PacketBatch batch = new PacketBatch(BATCH);
        packets.forEach(sent -> batch.add(buffer(sent), sent.from, ChecksumStatus.VERIFY));
        engine.translate(batch, now, out.buffers());
        return out.take();
    }
}
