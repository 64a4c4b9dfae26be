package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link BoundSessions} should do, with maps; is told by the table what ends. */
final class BoundModel implements TableEvents {
    /** Who an identifier is unique to, and the identifier. */
    record Key(int address, int remote, int protocol, int id) {}

    /** A session. */
    static final class Bound {
        final Key in;
        final int inside;
        final int insideId;
        final int channel;
        final int timeoutClass;
        long rest;
        long stamp;

        @Nullable
        Integer remoteId;

        Bound(Key in, int inside, int insideId, int channel, int timeoutClass, long stamp) {
            this.in = in;
            this.inside = inside;
            this.insideId = insideId;
            this.channel = channel;
            this.timeoutClass = timeoutClass;
            this.stamp = stamp;
        }

        @Nullable
        Key key(Role role) {
            Integer remote = remoteId;
            return switch (role) {
                case IN -> in;
                case NEAR -> new Key(inside, in.remote, in.protocol, insideId);
                case OUT -> remote == null ? null : new Key(inside, in.remote, in.protocol, remote);
                case FAR -> remote == null ? null : new Key(in.address, in.remote, in.protocol, remote);
            };
        }
    }

    final Map<Integer, Bound> sessions = new HashMap<>();
    final Map<Key, Integer> held = new HashMap<>();
    final Map<Key, Long> resting = new HashMap<>();
    final Set<Integer> plain = new HashSet<>();
    private final Set<Integer> closing = new HashSet<>();
    private final Set<Integer> created = new HashSet<>();
    long tick;

    @Override
    public void portlessCreated(int session) {
        assertThat(created.add(session)).isTrue();
    }

    @Override
    public void portlessClosed(int session) {
        assertThat(created.remove(session)).isTrue();
        if (!plain.remove(session)) {
            closing.add(session);
        }
    }

    @Override
    public void boundClosed(int session) {
        assertThat(closing.remove(session)).isTrue();
        Bound ended = sessions.remove(session);
        assertThat(ended).isNotNull();
        if (ended.rest > 0) {
            resting.put(ended.in, tick + ended.rest);
        }
    }

    @Override
    public void settled() {
        assertThat(closing).isEmpty();
    }

    void isTold() {
        assertThat(created).hasSize(sessions.size() + plain.size());
    }

    boolean isFree(Key in, int channel) {
        Integer holder = held.get(in);
        boolean rests = resting.getOrDefault(in, 0L) > tick;
        return (holder == null || holder == channel)
                && !rests
                && ofRole(Role.IN, in).isEmpty();
    }

    List<Integer> ofRole(Role role, Key key) {
        return sessions.entrySet().stream()
                .filter(session -> key.equals(session.getValue().key(role)))
                .map(Map.Entry::getKey)
                .toList();
    }

    long count(int inside, int timeoutClass) {
        return sessions.values().stream()
                .filter(bound -> bound.inside == inside && bound.timeoutClass == timeoutClass)
                .count();
    }
}
