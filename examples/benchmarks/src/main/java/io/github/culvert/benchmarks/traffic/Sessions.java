package io.github.culvert.benchmarks.traffic;

import io.github.culvert.benchmarks.baseline.BaselineNat;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Side;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Sessions, one per mapping, opened by packets in the engine and copied into the baseline, so that both give every
 * session the same public endpoint.
 */
public final class Sessions {
    /** How many public addresses there are: enough for a million mappings of one protocol. */
    public static final int PUBLIC_ADDRESSES = 32;

    private final int count;
    private final NatEngine engine;
    private final BaselineNat baseline;
    private final Map<Template, PacketPlan> plans = new EnumMap<>(Template.class);
    private final Map<Template, long[]> outside = new EnumMap<>(Template.class);

    /**
     * Opens sessions.
     *
     * @param count how many of each template
     * @param kind where the packets lie that open them
     * @param templates the packets they will carry: {@link Template#UDP}, {@link Template#TCP} or both, by turns
     */
    public Sessions(int count, BufferKind kind, Template... templates) {
        this.count = count;
        this.engine = Engines.repeatable(Engines.config(PUBLIC_ADDRESSES));
        this.baseline = new BaselineNat(count * templates.length, Engines.publicAddresses(PUBLIC_ADDRESSES));
        for (Template template : templates) {
            plans.put(template, new PacketPlan(template, 2 * count));
            outside.put(template, new long[count]);
        }
        Random random = new Random(5);
        try (Opener opener = new Opener(engine, kind)) {
            for (int i = 0; i < count; i++) {
                long inside = Engines.inside(i, Math.min(count, Engines.MOST_HOSTS));
                for (Template template : templates) {
                    outside(template)[i] = open(template, inside, remote(random), opener);
                }
            }
        }
        plans.values().forEach(plan -> plan.shuffle(random));
    }

    private long open(Template template, long inside, long remote, Opener opener) {
        long mapped = opener.open(template, inside, remote);
        baseline.add(template.protocol(), inside, remote, mapped);
        plan(template).add(Side.INSIDE, inside, remote);
        plan(template).add(Side.OUTSIDE, remote, mapped);
        return mapped;
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
     * How many sessions there are of each template.
     *
     * @return the count
     */
    public int count() {
        return count;
    }

    /**
     * One packet out and one in of every session of a template, in random order.
     *
     * @param template one of those that sessions were opened for
     * @return the plan
     */
    public PacketPlan plan(Template template) {
        return Objects.requireNonNull(plans.get(template));
    }

    /**
     * The public endpoint of a session.
     *
     * @param template one of those that sessions were opened for
     * @param number which of its sessions
     * @return the endpoint
     */
    public long outside(Template template, int number) {
        return outside(template)[number];
    }

    private long[] outside(Template template) {
        return Objects.requireNonNull(outside.get(template));
    }
}
