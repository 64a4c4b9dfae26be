package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** One control connection without an engine: carries out the actions of its tracker, and checks that they can be. */
final class Channel implements Context {
    private static final int GRE = 47;

    final FakeNat nat;
    final Scope.Channel scope;
    private final PptpAlg alg;
    private Tracker tracker;
    private final long[] positions = new long[2];

    /** Inside Call IDs by outside ones. */
    final Map<Integer, Integer> bound = new TreeMap<>();

    /** Remote Call IDs by outside ones. */
    final Map<Integer, Integer> learned = new TreeMap<>();

    final Set<Integer> held = new HashSet<>();
    final Map<Integer, Long> timers = new TreeMap<>();
    final List<String> notices = new ArrayList<>();
    final List<Action> log = new ArrayList<>();
    boolean stopped;
    private boolean swapping;

    Channel(FakeNat nat, PptpAlg alg, String inside, Direction opened) {
        this.nat = nat;
        this.alg = alg;
        scope = new Scope.Channel(
                new Control(Protocol.TCP, 1723),
                Endpoint.parse(inside),
                Endpoint.parse("203.0.113.1:40000"),
                Endpoint.parse("198.51.100.7:1723"),
                opened);
        tracker = alg.follow(scope).orElseThrow();
    }

    Tracker tracker() {
        return tracker;
    }

    /** Goes on with a tracker that was restored from what this one saves. */
    void swap() {
        Octets saved = tracker.save();
        tracker = alg.restore(scope, saved);
        assertThat(tracker.save()).isEqualTo(saved);
    }

    /** Has a new tracker, restored, for each piece that follows. */
    void swapBeforeEachPiece() {
        swapping = true;
    }

    /** What leaves of a piece of a stream. */
    Octets pass(Direction direction, Octets bytes) {
        if (swapping) {
            swap();
        }
        long position = positions[direction.ordinal()];
        positions[direction.ordinal()] += bytes.length();
        byte[] out = bytes.toByteArray();
        List<Action> actions = stopped ? List.of() : tracker.onStream(direction, position, bytes, this);
        for (Action action : actions) {
            if (action instanceof Action.Edit edit) {
                int at = Math.toIntExact(edit.position() - position);
                assertThat(at).as("position of %s", edit).isBetween(0, out.length - 1);
                out[at] = (byte) edit.value();
            }
        }
        carryOut(actions);
        return Octets.of(out);
    }

    void end(End end) {
        carryOut(tracker.onEnd(end, this));
    }

    void idle(int outsideId) {
        assertThat(bound.remove(outsideId)).isNotNull();
        learned.remove(outsideId);
        nat.rest(outsideId);
        nat.released();
        carryOut(tracker.onIdle(GRE, outsideId, this));
    }

    /** Fires the timers whose time has come. */
    void advance() {
        Map.copyOf(timers).entrySet().stream()
                .filter(timer -> timer.getValue() <= now())
                .sorted(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .filter(timer -> timers.remove(timer.getKey(), timer.getValue()))
                .forEach(timer -> carryOut(tracker.onTimer(timer.getKey(), this)));
    }

    private void carryOut(List<Action> actions) {
        actions.forEach(this::carryOut);
        log.addAll(actions);
    }

    private void carryOut(Action action) {
        if (action instanceof Action.Hold hold) {
            hold((int) hold.identifier());
        } else if (action instanceof Action.Bind bind) {
            bind(bind);
        } else if (action instanceof Action.Learn learn) {
            assertThat(bound).containsKey((int) learn.outsideId());
            learned.put((int) learn.outsideId(), (int) learn.remoteId());
        } else if (action instanceof Action.Extend extend) {
            assertThat(bound).containsKey((int) extend.outsideId());
        } else if (action instanceof Action.Release release) {
            release((int) release.outsideId());
        } else if (action instanceof Action.Arm arm) {
            assertThat(arm.at()).isGreaterThanOrEqualTo(now());
            timers.put(arm.timer(), arm.at());
        } else if (action instanceof Action.Disarm disarm) {
            timers.remove(disarm.timer());
        } else if (action instanceof Action.Stop stop) {
            stop(stop);
        } else if (action instanceof Action.Report report) {
            notices.add(report.notice().name());
        } else {
            assertThat(action).isInstanceOf(Action.Edit.class);
        }
    }

    private void hold(int id) {
        assertThat(isFree(GRE, id)).as("%x is free", id).isTrue();
        assertThat(held.add(id)).as("%x is not held yet", id).isTrue();
        nat.own(id, this);
    }

    private void bind(Action.Bind bind) {
        int id = (int) bind.outsideId();
        assertThat(bind.protocol()).isEqualTo(GRE);
        assertThat(bind.inside()).isEqualTo(scope.insideEnd().address());
        assertThat(id).isBetween(1, 0xfffe);
        assertThat(isFree(GRE, id) && !bound.containsKey(id))
                .as("%x is free", id)
                .isTrue();
        assertThat(hasRoom(1)).isTrue();
        held.remove(id);
        bound.put(id, (int) bind.insideId());
        nat.own(id, this);
        nat.bound();
    }

    private void release(int id) {
        if (bound.remove(id) != null) {
            learned.remove(id);
            nat.rest(id);
            nat.released();
        } else {
            assertThat(held.remove(id)).as("%x is held", id).isTrue();
            nat.free(id);
        }
    }

    private void stop(Action.Stop stop) {
        stopped = true;
        notices.add(stop.notice().name());
        List.copyOf(bound.keySet()).forEach(this::release);
        List.copyOf(held).forEach(this::release);
        timers.clear();
    }

    @Override
    public long now() {
        return nat.now();
    }

    @Override
    public RandomGenerator random() {
        return nat.random;
    }

    @Override
    public boolean isFree(int protocol, long identifier) {
        return nat.isFree((int) identifier, this) && !bound.containsKey((int) identifier);
    }

    @Override
    public boolean hasRoom(int sessions) {
        return nat.hasRoom(sessions);
    }
}
