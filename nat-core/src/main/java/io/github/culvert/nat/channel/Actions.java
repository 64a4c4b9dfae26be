package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Notice;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.table.BoundSessions;
import io.github.culvert.nat.table.Ticks;
import java.util.List;

/**
 * Carries out what a tracker wants done. What cannot be done ends the channel with all that it bound, so that nothing
 * stays half done. One thread.
 */
final class Actions {
    /** Where edits go; for what happens without a packet there is no such place. */
    interface Edits {
        /** Replaces a byte; false if it is not among those that pass now. */
        boolean edit(Action.Edit edit);
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

    /** Does all of it; false if the packet at hand is to be refused. */
    boolean perform(Channel channel, List<Action> actions, Edits edits) {
        boolean passes = true;
        for (Action action : actions) {
            if (action instanceof Action.Refuse refuse) {
                notices.report(channel, refuse.notice());
                passes = false;
            } else if (!isDone(channel, action, edits)) {
                stop(channel, Action.Aftermath.PASS, CoreNotice.ALG_FAILED);
                return passes;
            } else if (!channel.isFollowed()) {
                return passes;
            }
        }
        return passes;
    }

    private boolean isDone(Channel channel, Action action, Edits edits) {
        if (action instanceof Action.Edit edit) {
            return edit.value() >>> 8 == 0 && edits.edit(edit);
        } else if (action instanceof Action.Bind bind) {
            return bind(channel, bind);
        } else if (action instanceof Action.Hold hold) {
            return hold(channel, hold);
        } else if (action instanceof Action.Learn learn) {
            Integer session = channel.bound.get(Channel.key(learn.protocol(), learn.outsideId()));
            return session != null && isIdentifier(learn.remoteId()) && table.learn(session, (int) learn.remoteId());
        } else if (action instanceof Action.Extend extend) {
            Integer session = channel.bound.get(Channel.key(extend.protocol(), extend.outsideId()));
            if (session != null) {
                table.refresh(session);
            }
            return session != null;
        } else if (action instanceof Action.Release release) {
            return release(channel, Channel.key(release.protocol(), release.outsideId()));
        } else if (action instanceof Action.Arm arm) {
            timers.arm(channel, arm.timer(), Ticks.of(arm.at()) + 1);
            return true;
        } else if (action instanceof Action.Disarm disarm) {
            timers.disarm(channel, disarm.timer());
            return true;
        } else if (action instanceof Action.Stop stop) {
            stop(channel, stop.aftermath(), stop.notice());
            return true;
        } else if (action instanceof Action.Report report) {
            notices.report(channel, report.notice());
            return true;
        }
        // what is for pairs of hosts has no meaning here
        return false;
    }

    private static boolean isIdentifier(long value) {
        return value >>> 32 == 0;
    }

    private static boolean isProtocol(int number) {
        return number >>> 8 == 0;
    }

    private boolean hold(Channel channel, Action.Hold hold) {
        boolean held = isProtocol(hold.protocol())
                && isIdentifier(hold.identifier())
                && table.hold(
                        channel.publicIndex,
                        channel.remote(),
                        hold.protocol(),
                        (int) hold.identifier(),
                        channel.number);
        if (held) {
            channel.held.add(Channel.key(hold.protocol(), hold.identifier()));
        }
        return held;
    }

    private boolean bind(Channel channel, Action.Bind bind) {
        long key = Channel.key(bind.protocol(), bind.outsideId());
        boolean sound = isProtocol(bind.protocol()) && isIdentifier(bind.outsideId()) && isIdentifier(bind.insideId());
        if (!sound || !bind.inside().equals(channel.scope.insideEnd().address()) || channel.bound.containsKey(key)) {
            return false;
        }
        int session = table.bind(
                channel.inside(),
                channel.publicIndex,
                channel.remote(),
                bind.protocol(),
                (int) bind.insideId(),
                (int) bind.outsideId(),
                channel.service.timeoutClass,
                channel.number);
        if (session > 0) {
            channel.held.remove(key);
            channel.bound.put(key, session);
            channel.service.bound++;
        }
        return session > 0;
    }

    private boolean release(Channel channel, long key) {
        if (unhold(channel, key)) {
            return true;
        }
        Integer session = channel.bound.get(key);
        if (session != null) {
            releasing = true;
            table.release(session, channel.service.restTicks);
            releasing = false;
        }
        return session != null;
    }

    private boolean unhold(Channel channel, long key) {
        boolean held = channel.held.remove(key);
        if (held) {
            table.unhold(
                    channel.publicIndex,
                    channel.remote(),
                    Channel.protocolOf(key),
                    Channel.identifierOf(key),
                    channel.number);
        }
        return held;
    }

    /** Whether a session that ends now was released, and has not ended by itself. */
    boolean isReleasing() {
        return releasing;
    }

    /** Reports something about a scope that is not followed. */
    void report(Service service, Scope scope, Notice notice) {
        notices.report(service.alg.name(), scope, notice);
    }

    /** Follows a channel no longer. */
    void stop(Channel channel, Action.Aftermath aftermath, Notice notice) {
        notices.report(channel, notice);
        channel.leave(aftermath);
        releaseAll(channel);
    }

    /** Ends all that is there for a channel. */
    void releaseAll(Channel channel) {
        timers.disarmAll(channel);
        List.copyOf(channel.held).forEach(key -> unhold(channel, key));
        List.copyOf(channel.bound.keySet()).forEach(key -> release(channel, key));
    }
}
