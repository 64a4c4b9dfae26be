package io.github.culvert.pptp;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What an engine would keep for one pair of a public and a remote address: who has which Call ID, and the time. */
final class FakeNat {
    /** Call IDs that the test took away itself. */
    private final BitSet elsewhere = new BitSet();

    private final Map<Integer, Object> owners = new HashMap<>();
    private final Set<Integer> resting = new HashSet<>();
    final Random random = new Random(1);
    private long now;
    private int asked;
    private int room = Integer.MAX_VALUE;

    long now() {
        return now;
    }

    void at(double seconds) {
        now = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /** Takes Call IDs away. */
    void take(int from, int to) {
        if (from <= to) {
            elsewhere.set(from, to + 1);
        }
    }

    /** Takes all Call IDs away but some. */
    void leave(int... ids) {
        take(0, 0xffff);
        for (int id : ids) {
            elsewhere.clear(id);
        }
    }

    /** How many more sessions may be bound. */
    void room(int sessions) {
        room = sessions;
    }

    boolean hasRoom(int sessions) {
        return sessions <= room;
    }

    /** How often it was asked whether a Call ID is free. */
    int asked() {
        return asked;
    }

    boolean isFree(int id, Object whose) {
        asked++;
        return !elsewhere.get(id) && !resting.contains(id) && owners.getOrDefault(id, whose) == whose;
    }

    void own(int id, Object whose) {
        owners.put(id, whose);
    }

    void bound() {
        room--;
    }

    void released() {
        room++;
    }

    void free(int id) {
        elsewhere.clear(id);
        owners.remove(id);
    }

    void rest(int id) {
        owners.remove(id);
        resting.add(id);
    }

    /** The time of rest is over. */
    void wake() {
        resting.clear();
    }

    /** How many Call IDs trackers have, held or bound. */
    long owned() {
        return owners.size();
    }
}
