package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a table should hold: maps, fed by its events, each of which must be allowed at that moment. */
final class TableModel implements TableEvents {
    record Inside(Protocol protocol, Endpoint endpoint) {}

    record Flow(Inside inside, Endpoint remote) {}

    /** A public endpoint and whose it is. */
    record Held(Endpoint outside, boolean permanent) {}

    /** When a session was last used, and how long it may be idle, in ticks; a connection that is up has a respite. */
    static final class Idle {
        private long stamp;
        private int timeout;
        private int respite;

        /** When it is over. */
        long end() {
            return stamp + timeout + respite;
        }

        /** How long it has been idle under the timeout that it is under by now. */
        long idle(long tick) {
            boolean respited = respite > 0 && tick - stamp >= timeout;
            return tick - stamp - (respited ? timeout : 0);
        }

        void use(long tick) {
            if (respite > 0 && tick - stamp >= timeout) {
                timeout = respite;
                respite = 0;
            }
            stamp = tick;
        }
    }

    private static final int ESTABLISHED = Ticks.ofTimeout(TableRun.TIMEOUTS.tcpEstablished());
    private static final int RESET = Ticks.ofTimeout(TableRun.TIMEOUTS.tcpReset());

    final Map<Inside, Held> mappings = new HashMap<>();
    final Map<Flow, Idle> sessions = new HashMap<>();
    final Set<Inside> reserved = new HashSet<>();
    final Set<Flow> mayClose = new HashSet<>();
    private final Limits limits;
    private Snapshots snapshots;
    long tick;

    TableModel(Limits limits) {
        this.limits = limits;
    }

    void watch(Snapshots table) {
        snapshots = table;
    }

    static Flow flow(Session session) {
        return new Flow(new Inside(session.protocol(), session.inside()), session.remote());
    }

    @Override
    public void mappingCreated(int owner) {
        Mapping mapping = snapshots.mapping(owner);
        Inside inside = new Inside(mapping.protocol(), mapping.inside());
        Inside outside = new Inside(mapping.protocol(), mapping.outside());
        boolean kept = inside.endpoint.identifier() == mapping.outside().identifier();
        assertThat(mappings).doesNotContainKey(inside);
        assertThat(reserved).doesNotContain(outside);
        assertThat(isHeld(outside)).isFalse();
        if (!mapping.permanent()) {
            assertThat(mapping.outside().identifier() < 1024).isEqualTo(inside.endpoint.identifier() < 1024);
            assertThat(kept || isTaken(mapping, inside.endpoint.identifier())).isTrue();
            assertThat(mappingsOf(inside.endpoint.address())).isLessThan(limits.mappingsPerHost());
        }
        mappings.put(inside, new Held(mapping.outside(), mapping.permanent()));
    }

    private boolean isHeld(Inside outside) {
        return mappings.entrySet().stream()
                .anyMatch(entry -> entry.getKey().protocol == outside.protocol
                        && entry.getValue().outside.equals(outside.endpoint));
    }

    /** Whether an identifier could not be kept. */
    private boolean isTaken(Mapping mapping, long identifier) {
        Endpoint wanted = new Endpoint(mapping.outside().address(), identifier);
        return isTaken(new Inside(mapping.protocol(), wanted));
    }

    /** Whether a public endpoint is reserved or somebody's. */
    boolean isTaken(Inside outside) {
        return reserved.contains(outside) || isHeld(outside);
    }

    @Override
    public void mappingRemoved(int owner) {
        Mapping mapping = snapshots.mapping(owner);
        Inside inside = new Inside(mapping.protocol(), mapping.inside());
        assertThat(sessions.keySet()).noneMatch(flow -> flow.inside.equals(inside));
        assertThat(mappings.remove(inside)).isEqualTo(new Held(mapping.outside(), mapping.permanent()));
    }

    @Override
    public void sessionCreated(int ref) {
        Session session = snapshots.session(ref, tick);
        Flow flow = flow(session);
        assertThat(mappings.get(flow.inside).outside).isEqualTo(session.outside());
        assertThat(sessions).hasSizeLessThan(limits.sessions()).doesNotContainKey(flow);
        assertThat(sessionsOf(flow.inside.endpoint.address())).isLessThan(limits.sessionsPerHost());
        Idle idle = new Idle();
        idle.stamp = tick;
        idle.timeout = (int) (session.timeoutNanos() >> 20);
        idle.respite = idle.timeout == ESTABLISHED ? RESET : 0;
        sessions.put(flow, idle);
    }

    @Override
    public void sessionClosed(int ref) {
        Flow flow = flow(snapshots.session(ref, tick));
        assertThat(sessions).containsKey(flow);
        Idle idle = sessions.remove(flow);
        assertThat(mayClose.contains(flow) || tick >= idle.end())
                .as("%s may end", flow)
                .isTrue();
    }

    long mappingsOf(Ipv4Address host) {
        return mappings.keySet().stream()
                .filter(inside -> inside.endpoint.address().equals(host))
                .count();
    }

    long sessionsOf(Ipv4Address host) {
        return sessions.keySet().stream()
                .filter(flow -> flow.inside.endpoint.address().equals(host))
                .count();
    }

    /** Whether an inside endpoint has a live session with a remote address. */
    boolean knows(Inside inside, Ipv4Address remote) {
        return sessions.entrySet().stream()
                .filter(entry -> tick < entry.getValue().end())
                .anyMatch(entry -> isBetween(entry.getKey(), inside, remote));
    }

    /** Whether an inside endpoint has a session with a remote address that was not removed yet. */
    boolean knew(Inside inside, Ipv4Address remote) {
        return sessions.keySet().stream().anyMatch(flow -> isBetween(flow, inside, remote));
    }

    private static boolean isBetween(Flow flow, Inside inside, Ipv4Address remote) {
        return flow.inside.equals(inside) && flow.remote.address().equals(remote);
    }

    int hosts() {
        Set<Ipv4Address> hosts = new HashSet<>();
        mappings.keySet().forEach(inside -> hosts.add(inside.endpoint.address()));
        return hosts.size();
    }
}
