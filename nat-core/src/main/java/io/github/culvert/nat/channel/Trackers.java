package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.table.BoundSessions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Tells trackers what happens and has done what they want. What a tracker throws ends its scope, and goes no further
 * unless it is an {@link Error}. One thread.
 */
final class Trackers {
    static final Actions.Edits NOTHING_PASSES = edit -> false;

    private final BoundSessions bound;
    private final RandomGenerator random;
    private final Actions actions;
    private final Notices notices;
    private final Consumer<Pair> afterPair;
    private long tick;

    /** Trackers that are told so; of each pair the last argument hears after it was told something. */
    Trackers(BoundSessions bound, RandomGenerator random, Actions actions, Notices notices, Consumer<Pair> afterPair) {
        this.bound = bound;
        this.random = random;
        this.actions = actions;
        this.notices = notices;
        this.afterPair = afterPair;
    }

    long tick() {
        return tick;
    }

    void at(long now) {
        tick = Math.max(tick, now);
    }

    /** A tracker for a scope; none if it is not to be followed, or its ALG is off or threw. */
    Optional<Tracker> begin(Service service, Scope scope) {
        try {
            return service.on ? service.alg.follow(scope) : Optional.empty();
        } catch (RuntimeException e) {
            notices.report(service.alg.name(), scope, CoreNotice.ALG_FAILED);
            return Optional.empty();
        }
    }

    /** Tells a tracker something, and does what it wants; false if the packet at hand is to be refused. */
    boolean tell(Followed followed, Function<Surroundings, List<Action>> call, Actions.Edits edits) {
        try {
            return actions.perform(followed, call.apply(new Surroundings(bound, followed, random, tick)), edits);
        } catch (RuntimeException e) {
            actions.stop(followed, Action.Aftermath.PASS, CoreNotice.ALG_FAILED);
            return true;
        } catch (Error e) {
            actions.stop(followed, Action.Aftermath.PASS, CoreNotice.ALG_FAILED);
            throw e;
        } finally {
            if (followed instanceof Pair pair) {
                afterPair.accept(pair);
            }
        }
    }

    /** The same where no packet is at hand. */
    void tell(Followed followed, Function<Surroundings, List<Action>> call) {
        tell(followed, call, NOTHING_PASSES);
    }

    /** A scope has come to an end, which need not be final. */
    void end(Followed followed, End end) {
        if (followed.isFollowed()) {
            tell(followed, context -> followed.tracker.onEnd(end, context));
        }
    }
}
