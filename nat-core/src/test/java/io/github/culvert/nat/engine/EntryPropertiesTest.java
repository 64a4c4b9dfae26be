package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.Parsed;
import io.github.culvert.nat.testkit.bed.BufferForm;
import io.github.culvert.nat.testkit.bed.Deliveries;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Step;
import io.github.culvert.nat.testkit.bed.Traffic;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever way packets are handed in, the same comes out, byte for byte. */
class EntryPropertiesTest {
    private static final int PACKETS = 400;
    private static final int TRIES = 25;
    private static final Limits FEW = Limits.of(12, 3, 4, 6);

    private final Deliveries deliveries = new Deliveries();

    private static NatConfig configOf(long seed) {
        return config(EXT1, EXT2)
                .withPath(PathPolicy.STANDARD
                        .withHop((seed & 1) == 0)
                        .withSourceRoutes((seed & 2) == 0)
                        .withOutsideMtu((seed >>> 12 & 1) == 0 ? 65_535 : 100)
                        .withInsideMtu((seed >>> 13 & 1) == 0 ? 65_535 : 80))
                .withLimits((seed & 4) == 0 ? Limits.STANDARD : FEW)
                .withBehaviours(behaviours((int) (seed >>> 3 & 0xff)))
                .withAddressForwards((seed >>> 11 & 1) == 0 ? List.of() : List.of(new AddressForward(EXT2, IN2)));
    }

    private static Behaviours behaviours(int number) {
        Dependence[] all = Dependence.values();
        return Behaviours.all(new Behaviour(all[number % 3], all[number / 3 % 3]));
    }

    private static NatEngine engine(long seed) {
        return NatEngine.builder(configOf(seed))
                .random(new SplittableRandom(seed))
                .build();
    }

    private static List<Step> recorded(long seed) {
        return Traffic.record(seed, new NatBed(engine(seed)), PACKETS);
    }

    /** All but what comes out by time, which is when it is asked for. */
    private static List<Delivery> inTime(List<Delivery> out) {
        return out.stream()
                .filter(delivery -> !delivery.reason().equals("FRAGMENT_TIMEOUT"))
                .toList();
    }

    private void replay(long seed, BiConsumer<NatEngine, Step> entry) {
        NatEngine engine = engine(seed);
        for (Step step : recorded(seed)) {
            entry.accept(engine, step);
            assertThat(inTime(deliveries.take())).isEqualTo(inTime(step.out()));
        }
    }

    @Property(tries = TRIES)
    void buffersOfEveryForm(@ForAll long seed) {
        Random random = new Random(seed);
        replay(seed, (engine, step) -> {
            BufferForm form = BufferForm.values()[random.nextInt(BufferForm.values().length)];
            BufferForm.Made made = form.make(step.packet(), random);
            engine.translate(made.packet(), step.from(), step.checksum(), step.nanos(), deliveries.buffers());
            assertThat(made.packet().refCnt()).isEqualTo(made.others());
            if (made.others() > 0) {
                made.packet().release(made.others());
            }
        });
    }

    @Property(tries = TRIES)
    void lentBuffersOfBothOrders(@ForAll long seed) {
        Random random = new Random(seed);
        replay(seed, (engine, step) -> {
            ByteBuffer packet = lent(step.packet(), random);
            engine.translate(packet, step.from(), step.checksum(), step.nanos(), deliveries.lent());
        });
    }

    private static ByteBuffer lent(Octets packet, Random random) {
        int capacity = packet.length() + 20;
        ByteBuffer buffer = random.nextBoolean() ? ByteBuffer.allocate(capacity) : ByteBuffer.allocateDirect(capacity);
        int at = random.nextInt(10);
        buffer.position(at).put(packet.toByteArray()).flip().position(at);
        ByteBuffer view = random.nextBoolean() ? buffer : buffer.slice();
        return view.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    @Property(tries = TRIES)
    void partsOfArrays(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] array = new byte[4096];
        replay(seed, (engine, step) -> {
            int at = random.nextInt(2048);
            byte[] bytes = step.packet().toByteArray();
            System.arraycopy(bytes, 0, array, at, bytes.length);
            engine.translate(array, at, bytes.length, step.from(), step.checksum(), step.nanos(), deliveries.lent());
        });
    }

    /** What is malformed cannot be handed in this way; a broken fragment must come all the same. */
    @Property(tries = TRIES)
    void immutablePackets(@ForAll long seed) {
        NatEngine engine = engine(seed);
        for (Step step : recorded(seed)) {
            if (Ipv4Packet.parse(step.packet()) instanceof Parsed.Valid<Ipv4Packet> valid) {
                var out = engine.translate(valid.value(), step.from(), step.checksum(), step.nanos());
                assertThat(out)
                        .isEqualTo(step.out().stream()
                                .map(EntryPropertiesTest::outcome)
                                .toList());
            } else {
                engine.translate(
                        ByteBuffer.wrap(step.packet().toByteArray()),
                        step.from(),
                        step.checksum(),
                        step.nanos(),
                        deliveries.lent());
            }
        }
    }

    private static Outcome outcome(Delivery out) {
        return switch (out.exit()) {
            case INSIDE -> new Outcome.ToInside(out.packet());
            case OUTSIDE -> new Outcome.ToOutside(out.packet());
            case HOST ->
                new Outcome.ToHost(out.packet(), io.github.culvert.nat.mapping.HostTraffic.valueOf(out.reason()));
            case REFUSED ->
                new Outcome.Refused(out.packet(), io.github.culvert.nat.refusal.Refusal.valueOf(out.reason()));
        };
    }

    @Property(tries = TRIES)
    void batchesOfAnySize(@ForAll long seed) {
        batches(seed, engine(seed), recorded(seed));
    }

    /** A large table takes another way through a batch: its memory accesses overlap. */
    @Property(tries = 15)
    void batchesOnALargeTable(@ForAll long seed) {
        NatBed bed = new NatBed(engine(seed));
        LargeTable.fill(bed);
        List<Step> steps = Traffic.record(seed, bed, PACKETS);
        NatEngine engine = engine(seed);
        LargeTable.fill(new NatBed(engine));
        batches(seed, engine, steps);
    }

    private void batches(long seed, NatEngine engine, List<Step> steps) {
        Random random = new Random(seed);
        PacketBatch batch = new PacketBatch(40);
        int done = 0;
        while (done < steps.size()) {
            int first = done;
            int size = 1 + random.nextInt(batch.capacity());
            while (done < steps.size()
                    && done < first + size
                    && steps.get(done).nanos() == steps.get(first).nanos()) {
                Step step = steps.get(done++);
                batch.add(form(step.packet(), random), step.from(), step.checksum());
            }
            engine.translate(batch, steps.get(first).nanos(), deliveries.buffers());
            assertThat(batch.size()).isZero();
            assertThat(deliveries.take())
                    .isEqualTo(steps.subList(first, done).stream()
                            .flatMap(step -> step.out().stream())
                            .toList());
        }
    }

    private static ByteBuf form(Octets packet, Random random) {
        BufferForm form;
        do {
            form = BufferForm.values()[random.nextInt(BufferForm.values().length)];
        } while (form == BufferForm.SHARED);
        return form.make(packet, random).packet();
    }

    /**
     * Advance is called at any moment with any budget, or never. That holds as long as no more sessions end at once than
     * the first packet of a flow removes by itself; those beyond are found by the next call of advance. What comes out by
     * time alone comes when time is asked.
     */
    @Property(tries = 40)
    void anyInterleavingOfAdvance(@ForAll long any) {
        long seed = any | 4;
        Random random = new Random(seed);
        int interval = 1 + random.nextInt(60);
        replay(seed, (engine, step) -> {
            if (random.nextInt(interval) == 0) {
                engine.advance(step.nanos(), 1 + random.nextInt(50), deliveries.buffers());
                deliveries.take();
            }
            engine.translate(
                    BufferForm.HEAP.make(step.packet(), random).packet(),
                    step.from(),
                    step.checksum(),
                    step.nanos(),
                    deliveries.buffers());
        });
    }

    @Property(tries = 5)
    void theSameSeed(@ForAll long seed) {
        assertThat(recorded(seed)).isEqualTo(recorded(seed));
    }
}
