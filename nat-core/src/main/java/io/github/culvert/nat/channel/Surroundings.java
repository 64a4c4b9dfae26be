package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.table.BoundSessions;
import io.github.culvert.nat.table.Ticks;
import java.util.random.RandomGenerator;

/** What a tracker may ask, about its own channel and at this moment. One thread. */
final class Surroundings implements Context {
    private final BoundSessions table;
    private final Channel channel;
    private final RandomGenerator random;
    private final long tick;

    Surroundings(BoundSessions table, Channel channel, RandomGenerator random, long tick) {
        this.table = table;
        this.channel = channel;
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
        return table.isFree(channel.publicIndex, channel.remote(), protocol, (int) identifier, channel.number);
    }

    @Override
    public boolean hasRoom(int sessions) {
        return table.hasRoom(channel.inside(), channel.service.timeoutClass, sessions);
    }
}
