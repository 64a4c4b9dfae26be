package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.mapping.Side;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Random;

/** First packets of flows, from several plans by turns; no flow comes again before all others came. */
public final class NewFlows implements PacketSource {
    private final List<PacketPlan> plans;

    private NewFlows(List<PacketPlan> plans) {
        this.plans = plans;
    }

    /**
     * UDP and TCP by turns.
     *
     * @param flows how many flows there are
     * @return the packets
     */
    public static NewFlows ofBoth(int flows) {
        return new NewFlows(List.of(plan(Template.UDP, flows / 2), plan(Template.TCP_SYN, flows / 2)));
    }

    /**
     * UDP alone.
     *
     * @param flows how many flows there are
     * @return the packets
     */
    public static NewFlows ofUdp(int flows) {
        return new NewFlows(List.of(plan(Template.UDP, flows)));
    }

    private static PacketPlan plan(Template template, int flows) {
        PacketPlan plan = new PacketPlan(template, flows);
        Random random = new Random(8);
        for (int i = 0; i < flows; i++) {
            long remote = Endpoints.of(0x0800_0000 + random.nextInt(1 << 24), 443);
            plan.add(Side.INSIDE, Engines.inside(i, Math.min(flows, Engines.MOST_HOSTS)), remote);
        }
        return plan.shuffle(random);
    }

    @Override
    public int size() {
        return plans.get(0).size() * plans.size();
    }

    @Override
    public Side side(int entry) {
        return Side.INSIDE;
    }

    @Override
    public void write(int entry, ByteBuf packet) {
        plans.get(entry % plans.size()).write(entry / plans.size(), packet);
    }
}
