package io.github.culvert.nat.channel;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The timers of all trackers, in the order of their time. Arming one again moves it. One thread. */
final class Timers {
    private record Timer(long tick, Channel channel, int number) {
        private static final Comparator<Timer> ORDER = Comparator.comparingLong(Timer::tick)
                .thenComparingInt(timer -> timer.channel.number)
                .thenComparingInt(Timer::number);
    }

    /** What to do when a timer is due; it is not armed any more. */
    interface Due {
        void due(Channel channel, int timer);
    }

    private final TreeSet<Timer> queue = new TreeSet<>(Timer.ORDER);

    void arm(Channel channel, int number, long tick) {
        disarm(channel, number);
        channel.timers.put(number, tick);
        queue.add(new Timer(tick, channel, number));
    }

    void disarm(Channel channel, int number) {
        Long tick = channel.timers.remove(number);
        if (tick != null) {
            queue.remove(new Timer(tick, channel, number));
        }
    }

    void disarmAll(Channel channel) {
        channel.timers.forEach((number, tick) -> queue.remove(new Timer(tick, channel, number)));
        channel.timers.clear();
    }

    /** Does what is due, at most so many steps; gives how many are left. */
    int advance(long tick, int budget, Due due) {
        int left = budget;
        for (Timer first = first(); first != null && first.tick <= tick && left > 0; first = first()) {
            disarm(first.channel, first.number);
            due.due(first.channel, first.number);
            left--;
        }
        return left;
    }

    private @Nullable Timer first() {
        return queue.isEmpty() ? null : queue.first();
    }

    /** When the first timer is due; {@link Long#MAX_VALUE} if none is armed. */
    long nextTick() {
        Timer first = first();
        return first == null ? Long.MAX_VALUE : first.tick;
    }
}
