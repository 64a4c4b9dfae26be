package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.table.BoundSessions;
import io.github.culvert.nat.table.Ticks;
import java.util.random.RandomGenerator;

/** What a tracker may ask, about its own scope and at this moment. One thread. */
final class Surroundings implements Context {
    private final BoundSessions table;
    private final Followed followed;
    private final RandomGenerator random;
    private final long tick;

    Surroundings(BoundSessions table, Followed followed, RandomGenerator random, long tick) {
        this.table = table;
        this.followed = followed;
        this.random = random;
        this.tick = tick;
    }

    @Override
    public long now() {
        return Ticks.nanos(tick);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public boolean isFree(int protocol, long identifier) {
        return table.isFree(followed.publicIndex, followed.remote(), protocol, (int) identifier, followed.number);
    }

    @Override
    public boolean hasRoom(int sessions) {
        return followed.inside() != 0 && table.hasRoom(followed.inside(), followed.service.timeoutClass, sessions);
    }

    @Override
    public boolean hasRoom(Ipv4Address inside, int sessions) {
        return table.hasRoom(inside.bits(), followed.service.timeoutClass, sessions);
    }
}
