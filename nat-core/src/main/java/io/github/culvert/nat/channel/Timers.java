package io.github.culvert.nat.channel;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The timers of all trackers, in the order of their time. Arming one again moves it. One thread. */
final class Timers {
    private record Timer(long tick, Followed followed, int number) {
        private static final Comparator<Timer> ORDER = Comparator.comparingLong(Timer::tick)
                .thenComparingInt(timer -> timer.followed.number)
                .thenComparingInt(Timer::number);
    }

    /** What to do when a timer is due; it is not armed any more. */
    interface Due {
        void due(Followed followed, int timer);
    }

    private final TreeSet<Timer> queue = new TreeSet<>(Timer.ORDER);

    void arm(Followed followed, int number, long tick) {
        disarm(followed, number);
        followed.timers.put(number, tick);
        queue.add(new Timer(tick, followed, number));
    }

    void disarm(Followed followed, int number) {
        Long tick = followed.timers.remove(number);
        if (tick != null) {
            queue.remove(new Timer(tick, followed, number));
        }
    }

    void disarmAll(Followed followed) {
        followed.timers.forEach((number, tick) -> queue.remove(new Timer(tick, followed, number)));
        followed.timers.clear();
    }

    /** Does what is due, at most so many steps; gives how many are left. */
    int advance(long tick, int budget, Due due) {
        int left = budget;
        for (Timer first = first(); first != null && first.tick <= tick && left > 0; first = first()) {
            disarm(first.followed, first.number);
            due.due(first.followed, first.number);
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
