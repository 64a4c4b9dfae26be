package io.github.culvert.pptp;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.wire.GreLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One call of a tracker: what may be asked, and what is to be done so far. */
final class Turn {
    private final Context context;
    private final List<Action> actions = new ArrayList<>();
    private final Set<Integer> extended = new HashSet<>();
    private int bound;

    Turn(Context context) {
        this.context = context;
    }

    Context context() {
        return context;
    }

    List<Action> actions() {
        return List.copyOf(actions);
    }

    void add(Action action) {
        actions.add(action);
        if (action instanceof Action.Bind) {
            bound++;
        }
    }

    void report(PptpNotice notice) {
        add(new Action.Report(notice));
    }

    /** Replaces a byte. One that stays what it is holds the sender to it: sent again with another one it is refused. */
    void edit(long position, int to) {
        add(new Action.Edit(position, to));
    }

    void hold(int id) {
        add(new Action.Hold(GreLayout.PROTOCOL, id));
    }

    void release(int id) {
        add(new Action.Release(GreLayout.PROTOCOL, id));
    }

    /** Restarts a timeout, once for however many messages of this turn. */
    void extend(int id) {
        if (extended.add(id)) {
            add(new Action.Extend(GreLayout.PROTOCOL, id));
        }
    }

    /** Whether one more session can be bound, after those of this turn. */
    boolean hasRoom() {
        return context.hasRoom(bound + 1);
    }

    boolean isFree(int id) {
        return context.isFree(GreLayout.PROTOCOL, id);
    }
}
