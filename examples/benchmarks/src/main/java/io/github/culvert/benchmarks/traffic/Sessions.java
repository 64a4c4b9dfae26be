package io.github.culvert.benchmarks.traffic;

import io.github.culvert.benchmarks.baseline.BaselineNat;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Side;
import java.util.Random;

/**
 * Sessions, one per mapping, opened by packets in the engine and copied into the baseline, so that both give every
 * session the same public endpoint.
 */
public final class Sessions {
    /** How many public addresses there are: enough for a million mappings of one protocol. */
    public static final int PUBLIC_ADDRESSES = 32;

    private final Template template;
    private final NatEngine engine;
    private final BaselineNat baseline;
    private final PacketPlan plan;
    private final long[] outside;

    /**
     * Opens sessions.
     *
     * @param template the packets they will carry: {@link Template#UDP} or {@link Template#TCP}
     * @param count how many
     * @param kind where the packets lie that open them
     */
    public Sessions(Template template, int count, BufferKind kind) {
        this.template = template;
        this.engine = Engines.repeatable(Engines.config(PUBLIC_ADDRESSES));
        this.baseline = new BaselineNat(count, Engines.publicAddresses(PUBLIC_ADDRESSES));
        this.plan = new PacketPlan(template, 2 * count);
        this.outside = new long[count];
        Random random = new Random(5);
        try (Opener opener = new Opener(engine, kind)) {
            for (int i = 0; i < count; i++) {
                long inside = Engines.inside(i, Math.min(count, Engines.MOST_HOSTS));
                open(i, inside, remote(random), opener);
            }
        }
        plan.shuffle(random);
    }

    private void open(int number, long inside, long remote, Opener opener) {
        outside[number] = opener.open(template, inside, remote);
        baseline.add(template.protocol(), inside, remote, outside[number]);
        plan.add(Side.INSIDE, inside, remote);
        plan.add(Side.OUTSIDE, remote, outside[number]);
    }

    /** Somewhere in 8.0.0.0/8, always at the same port. */
    private static long remote(Random random) {
        return Endpoints.of(0x0800_0000 + random.nextInt(1 << 24), 443);
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

    /**
     * The public endpoint of a session.
     *
     * @param number which session
     * @return the endpoint
     */
    public long outside(int number) {
        return outside[number];
    }
}
