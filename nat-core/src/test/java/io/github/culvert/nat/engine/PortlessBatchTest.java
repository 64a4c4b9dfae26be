package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Deliveries;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocols without identifiers come out of batches as they come out one by one, in small tables and large ones. */
class PortlessBatchTest {
    private static final int BATCH = 32;
    private static final int BATCHES = 200;
    private static final long SECOND = 1_000_000_000L;

    private final SplittableRandom random = new SplittableRandom(4);

    private record Sent(Side from, Ipv4Packet packet) {}

    private static NatEngine engine(boolean large) {
        NatEngine engine = NatEngine.builder(NatBed.config(EXT1).withPortless(Set.of(97, 98)))
                .random(new SplittableRandom(1))
                .build();
        if (large) {
            LargeTable.fill(new NatBed(engine));
        }
        return engine;
    }

    private Sent next() {
        Ipv4Address host = new Ipv4Address(IN1.bits() + random.nextInt(3));
        Ipv4Address remote = new Ipv4Address(OUT1.bits() + random.nextInt(3));
        boolean out = random.nextBoolean();
        if (random.nextInt(4) == 0) {
            return out
                    ? new Sent(Side.INSIDE, udp(host, 5000, remote, 53))
                    : new Sent(Side.OUTSIDE, udp(remote, 53, EXT1, 5000));
        }
        return new Sent(
                out ? Side.INSIDE : Side.OUTSIDE,
                ipv4(out ? host : remote, out ? remote : EXT1)
                        .protocol(97 + random.nextInt(3))
                        .payload(Octets.fromHex("0102030405060708"))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSameComesOut(boolean large) {
        NatEngine single = engine(large);
        NatEngine batched = engine(large);
        List<String> busy = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            long now = i * 20 * SECOND;
            List<Sent> packets = random.ints(BATCH).mapToObj(n -> next()).toList();
            List<Delivery> one = oneByOne(single, packets, now);
            assertThat(together(batched, packets, now)).isEqualTo(one);
            one.stream()
                    .map(Delivery::reason)
                    .filter(Refusal.PROTOCOL_BUSY.name()::equals)
                    .forEach(busy::add);
        }
        assertThat(busy).isNotEmpty();
        assertThat(single.counters().sessionsCreated())
                .isPositive()
                .isEqualTo(batched.counters().sessionsCreated());
    }

    private static ByteBuf buffer(Sent sent) {
        ByteBuf buffer = Unpooled.buffer(100);
        sent.packet.octets().writeTo(buffer);
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
