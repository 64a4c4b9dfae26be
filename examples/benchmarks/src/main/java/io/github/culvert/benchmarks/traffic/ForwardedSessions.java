package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.List;
import java.util.Random;

/** Sessions of many remote endpoints on one static forward, opened from the outside. */
public final class ForwardedSessions {
    private static final int FIRST_REMOTE = 0x0800_0001;
    private static final int INSIDE_PORT = 5_000;
    private static final int OUTSIDE_PORT = 6_000;

    private final NatEngine engine;
    private final PacketPlan plan;

    /**
     * Opens sessions.
     *
     * @param addresses how many remote addresses there are
     * @param ports how many ports each of them uses
     * @param kind where the packets lie that open them
     */
    public ForwardedSessions(int addresses, int ports, BufferKind kind) {
        Endpoint outside = new Endpoint(new Ipv4Address(Engines.FIRST_PUBLIC), OUTSIDE_PORT);
        Endpoint inside = new Endpoint(new Ipv4Address(Engines.FIRST_HOST), INSIDE_PORT);
        engine = Engines.repeatable(Engines.config(Sessions.PUBLIC_ADDRESSES)
                .withForwards(List.of(new StaticForward(Protocol.UDP, outside, inside))));
        plan = new PacketPlan(Template.UDP, 2 * addresses * ports);
        try (Opener opener = new Opener(engine, kind)) {
            for (int i = 0; i < addresses * ports; i++) {
                open(Endpoints.of(FIRST_REMOTE + i % addresses, 1024 + i / addresses), opener);
            }
        }
        plan.shuffle(new Random(5));
    }

    private void open(long remote, Opener opener) {
        long outside = Endpoints.of(Engines.FIRST_PUBLIC, OUTSIDE_PORT);
        opener.send(Template.UDP, Side.OUTSIDE, remote, outside);
        plan.add(Side.OUTSIDE, remote, outside);
        plan.add(Side.INSIDE, Endpoints.of(Engines.FIRST_HOST, INSIDE_PORT), remote);
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
     * One packet out and one in of every session, in random order.
     *
     * @return the plan
     */
    public PacketPlan plan() {
        return plan;
    }
}
