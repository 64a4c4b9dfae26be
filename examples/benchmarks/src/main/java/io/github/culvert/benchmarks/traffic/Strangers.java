package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Random;

/** Packets that belong to nothing, each for its reason: as many different ones as there are packets to hit. */
public final class Strangers {
    private static final int MOST = 1 << 17;

    private final Sessions sessions;
    private final int packets;
    private final Random random = new Random(7);

    /**
     * Strangers to sessions.
     *
     * @param sessions the sessions
     */
    public Strangers(Sessions sessions) {
        this.sessions = sessions;
        this.packets = Math.min(2 * sessions.count(), MOST);
    }

    private long stranger() {
        return Endpoints.of(0x0900_0000 + random.nextInt(1 << 24), 443);
    }

    /**
     * From the outside, to live mappings that never sent to them.
     *
     * @param template what they carry
     * @return the packets
     */
    public PacketPlan filtered(Template template) {
        PacketPlan plan = new PacketPlan(template, packets);
        for (int i = 0; i < packets; i++) {
            plan.add(Side.OUTSIDE, stranger(), sessions.outside(template, random.nextInt(sessions.count())));
        }
        return plan;
    }

    /**
     * From the outside, to ports that nobody has.
     *
     * @param template what they carry
     * @param kind where they lie while it is found out who has which port
     * @return the packets
     */
    public PacketPlan unmapped(Template template, BufferKind kind) {
        PacketPlan plan = new PacketPlan(template, packets);
        PacketPlan candidate = new PacketPlan(template, 4 * packets);
        ByteBuf buffer = kind.buffer(128);
        CountingSink sink = new CountingSink();
        for (int i = 0; plan.size() < packets; i++) {
            long remote = stranger();
            int publicAddress = Engines.FIRST_PUBLIC + random.nextInt(Sessions.PUBLIC_ADDRESSES);
            long outside = Endpoints.of(publicAddress, random.nextInt(1 << 16));
            candidate.add(Side.OUTSIDE, remote, outside);
            candidate.write(i, buffer);
            sessions.engine().translate(buffer, Side.OUTSIDE, ChecksumStatus.TRUSTED, 0, sink);
            if (sink.lastReason() == Refusal.NO_MAPPING) {
                plan.add(Side.OUTSIDE, remote, outside);
            }
        }
        buffer.release();
        return plan;
    }

    /**
     * From the inside, TCP data without a connection.
     *
     * @return the packets
     */
    public PacketPlan unopened() {
        PacketPlan plan = new PacketPlan(Template.TCP, packets);
        int hosts = Math.min(sessions.count(), Engines.MOST_HOSTS);
        for (int i = 0; i < packets; i++) {
            plan.add(Side.INSIDE, Engines.inside(random.nextInt(sessions.count()), hosts), stranger());
        }
        return plan;
    }
}
