package io.github.culvert.benchmarks.traffic;

import io.github.culvert.benchmarks.baseline.BaselineNat;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Limits;
import io.github.culvert.nat.mapping.NatConfig;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Sessions, one per mapping, opened by packets in the engine and copied into the baseline, so that both give every
 * session the same public endpoint.
 */
public final class Sessions {
    private static final int FIRST_HOST = 0x0a00_0100;
    private static final int MOST_HOSTS = 10_000;
    private static final int FIRST_PUBLIC = 0xcb00_7100;
    private static final int PUBLIC_ADDRESSES = 32;

    private final Template template;
    private final Template opening;
    private final int count;
    private final NatEngine engine;
    private final BaselineNat baseline;
    private final PacketPlan plan;
    private final CountingSink sink = new CountingSink();
    private final ByteBuf buffer;

    /**
     * Opens sessions.
     *
     * @param template the packets they will carry: {@link Template#UDP} or {@link Template#TCP}
     * @param count how many
     * @param kind where the packets lie that open them
     */
    public Sessions(Template template, int count, BufferKind kind) {
        this.template = template;
        this.opening = template == Template.TCP ? Template.TCP_SYN : template;
        this.count = count;
        this.engine = engine(PUBLIC_ADDRESSES);
        this.baseline = new BaselineNat(count, addresses(PUBLIC_ADDRESSES).toArray());
        this.plan = new PacketPlan(template, 2 * count);
        this.buffer = kind.buffer(128);
        Random random = new Random(5);
        for (int i = 0; i < count; i++) {
            open(i, random);
        }
        plan.shuffle(random);
    }

    private static IntStream addresses(int publicAddresses) {
        return IntStream.range(FIRST_PUBLIC, FIRST_PUBLIC + publicAddresses);
    }

    /**
     * An engine that counts as a hop, with room for everything that is measured.
     *
     * @param publicAddresses how many public addresses it has
     * @return a new engine
     */
    public static NatEngine engine(int publicAddresses) {
        List<Ipv4Address> pool =
                addresses(publicAddresses).mapToObj(Ipv4Address::new).toList();
        NatConfig config = NatConfig.of(List.of(Ipv4Prefix.parse("10.0.0.0/8")), pool)
                .withLimits(new Limits(4_000_000, 1_000_000, 1_000_000, 1_000_000))
                .withHop(true);
        return NatEngine.builder(config).random(new SplittableRandom(1)).build();
    }

    private void open(int number, Random random) {
        int hosts = Math.min(count, MOST_HOSTS);
        long inside = (long) (FIRST_HOST + number % hosts) << 16 | 1024 + number / hosts * 7;
        long remote = (0x0800_0000L + random.nextInt(1 << 24)) << 16 | (template == Template.UDP ? 53 : 443);
        send(opening, Side.INSIDE, inside, remote);
        long outside = (long) buffer.getInt(12) << 16 & 0xffff_ffff_0000L | buffer.getUnsignedShort(20);
        if (template == Template.TCP) {
            send(Template.TCP_SYN_ACK, Side.OUTSIDE, remote, outside);
        }
        baseline.add(template.protocol(), inside, remote, outside);
        plan.add(Side.INSIDE, inside, remote);
        plan.add(Side.OUTSIDE, remote, outside);
    }

    private void send(Template kind, Side from, long source, long destination) {
        PacketPlan one = new PacketPlan(kind, 1);
        one.add(from, source, destination);
        kind.writeTo(buffer);
        one.write(0, buffer);
        long before = sink.forwarded();
        engine.translate(buffer, from, ChecksumStatus.VERIFY, 0, sink);
        if (sink.forwarded() == before) {
            throw new IllegalStateException("refused: " + sink.lastReason());
        }
    }

    /**
     * The engine, with the sessions.
     *
     * @return the engine
     */
    public NatEngine engine() {
        return engine;
    }

    /**
     * The baseline, with the same sessions.
     *
     * @return the baseline
     */
    public BaselineNat baseline() {
        return baseline;
    }

    /**
     * One packet out and one in of every session, in random order.
     *
     * @return the plan
     */
    public PacketPlan plan() {
        return plan;
    }
}
