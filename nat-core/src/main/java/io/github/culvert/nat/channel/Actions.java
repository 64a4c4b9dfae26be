package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Notice;
import io.github.culvert.nat.table.BoundSessions;
import io.github.culvert.nat.table.Ticks;
import java.util.List;

/**
 * Carries out what a tracker wants done. What cannot be done ends the scope with all that it bound, so that nothing
 * stays half done. One thread.
 */
final class Actions {
    /** Where edits go; for what happens without a packet there is no such place. */
    interface Edits {
        /** Replaces a byte; false if it is not among those that pass now. */
        boolean edit(Action.Edit edit);

        /** Has copies of a packet go to several hosts; false if there is none, or it cannot be. */
        default boolean deliver(Action.Deliver deliver) {
            return false;
        }
    }

    private final BoundSessions table;
    private final Timers timers;
    private final Notices notices;
    private boolean releasing;

    Actions(BoundSessions table, Timers timers, Notices notices) {
        this.table = table;
        this.timers = timers;
        this.notices = notices;
    }

    /** Does all of it; what has ended and was not told yet may still be asked for. False if the packet at hand is to be refused. */
    boolean perform(Followed followed, List<Action> actions, Edits edits) {
        boolean passes = true;
        for (Action action : actions) {
            if (action instanceof Action.Refuse refuse) {
                notices.report(followed, refuse.notice());
                passes = false;
            } else if (!isDone(followed, action, edits)) {
                stop(followed, Action.Aftermath.PASS, CoreNotice.ALG_FAILED);
                return passes;
            } else if (!followed.isFollowed()) {
                return passes;
            }
        }
        return passes;
    }

    private boolean isDone(Followed followed, Action action, Edits edits) {
        if (action instanceof Action.Edit edit) {
            return edit.value() >>> 8 == 0 && edits.edit(edit);
        } else if (action instanceof Action.Bind bind) {
            return bind(followed, bind);
        } else if (action instanceof Action.Hold hold) {
            return hold(followed, hold);
        } else if (action instanceof Action.Learn learn) {
            long key = Followed.key(learn.protocol(), learn.outsideId());
            Integer session = followed.bound.get(key);
            return session == null
                    ? followed.untold.contains(key)
                    : isIdentifier(learn.remoteId()) && table.learn(session, (int) learn.remoteId());
        } else if (action instanceof Action.Extend extend) {
            return extend(followed, Followed.key(extend.protocol(), extend.outsideId()));
        } else if (action instanceof Action.Release release) {
            return release(followed, Followed.key(release.protocol(), release.outsideId()));
        } else if (action instanceof Action.Arm arm) {
            timers.arm(followed, arm.timer(), Ticks.of(arm.at()) + 1);
            return true;
        } else if (action instanceof Action.Disarm disarm) {
            timers.disarm(followed, disarm.timer());
            return true;
        } else if (action instanceof Action.Stop stop) {
            stop(followed, stop.aftermath(), stop.notice());
            return true;
        } else if (action instanceof Action.Report report) {
            notices.report(followed, report.notice());
            return true;
        } else if (action instanceof Action.Deliver deliver) {
            return edits.deliver(deliver);
        }
        return followed instanceof Pair pair && isDone(pair, action);
    }

    private boolean isDone(Pair pair, Action action) {
        if (action instanceof Action.Open open) {
            return open(pair, open);
        } else if (action instanceof Action.Close close) {
            return close(pair, Pair.way(close.inside().bits(), close.remoteId()));
        }
        return false;
    }

    private static boolean isIdentifier(long value) {
        return value >>> 32 == 0;
    }

    private static boolean isProtocol(int number) {
        return number >>> 8 == 0;
    }

    private boolean open(Pair pair, Action.Open open) {
        int inside = open.inside().bits();
        long way = Pair.way(inside, open.remoteId());
        boolean sound = isIdentifier(open.remoteId()) && pair.mayBind(open.protocol(), inside);
        if (!sound || pair.opened.containsKey(way)) {
            return false;
        }
        int session = table.open(
                inside,
                pair.publicIndex,
                pair.remote(),
                open.protocol(),
                (int) open.remoteId(),
                pair.service.timeoutClass,
                pair.number);
        if (session > 0) {
            pair.opened.put(way, session);
            pair.count(inside, 1);
            pair.service.bound++;
        }
        return session > 0;
    }

    private boolean close(Pair pair, long way) {
        Integer session = pair.opened.get(way);
        if (session != null) {
            end(session, 0);
        }
        return session != null || pair.untoldWays.contains(way);
    }

    private boolean extend(Followed followed, long key) {
        Integer session = followed.bound.get(key);
        if (session != null) {
            table.refresh(session);
        }
        return session != null || followed.untold.contains(key);
    }

    private void end(int session, int restTicks) {
        releasing = true;
        table.release(session, restTicks);
        releasing = false;
    }

    private boolean hold(Followed followed, Action.Hold hold) {
        boolean held = isProtocol(hold.protocol())
                && isIdentifier(hold.identifier())
                && table.hold(
                        followed.publicIndex,
                        followed.remote(),
                        hold.protocol(),
                        (int) hold.identifier(),
                        followed.number);
        if (held) {
            followed.held.add(Followed.key(hold.protocol(), hold.identifier()));
        }
        return held;
    }

    private boolean bind(Followed followed, Action.Bind bind) {
        long key = Followed.key(bind.protocol(), bind.outsideId());
        int inside = bind.inside().bits();
        boolean sound = isProtocol(bind.protocol()) && isIdentifier(bind.outsideId()) && isIdentifier(bind.insideId());
        if (!sound || !followed.mayBind(bind.protocol(), inside) || followed.bound.containsKey(key)) {
            return false;
        }
        int session = table.bind(
                inside,
                followed.publicIndex,
                followed.remote(),
                bind.protocol(),
                (int) bind.insideId(),
                (int) bind.outsideId(),
                followed.service.timeoutClass,
                followed.number);
        if (session > 0) {
            followed.held.remove(key);
            followed.bound.put(key, session);
            followed.service.bound++;
            if (followed instanceof Pair pair) {
                pair.count(inside, 1);
            }
        }
        return session > 0;
    }

    private boolean release(Followed followed, long key) {
        if (unhold(followed, key)) {
            return true;
        }
        Integer session = followed.bound.get(key);
        if (session != null) {
            end(session, followed.service.restTicks);
        }
        return session != null || followed.untold.contains(key);
    }

    private boolean unhold(Followed followed, long key) {
        boolean held = followed.held.remove(key);
        if (held) {
            table.unhold(
                    followed.publicIndex,
                    followed.remote(),
                    Followed.protocolOf(key),
                    Followed.identifierOf(key),
                    followed.number);
        }
        return held;
    }

    /** Whether a session that ends now was released, and has not ended by itself. */
    boolean isReleasing() {
        return releasing;
    }

    /** Follows a scope no longer. */
    void stop(Followed followed, Action.Aftermath aftermath, Notice notice) {
        notices.report(followed, notice);
        followed.leave(aftermath);
        releaseAll(followed);
    }

    /** Ends all that is there for a scope. */
    void releaseAll(Followed followed) {
        timers.disarmAll(followed);
        List.copyOf(followed.held).forEach(key -> unhold(followed, key));
        List.copyOf(followed.bound.keySet()).forEach(key -> release(followed, key));
        if (followed instanceof Pair pair) {
            List.copyOf(pair.opened.values()).forEach(session -> end(session, 0));
        }
    }
}
