package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.mapping.PortlessSession;
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

    /** A session of a protocol without identifiers. */
    record Bound(int protocol, Ipv4Address inside, Ipv4Address remote) {}

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
    final Map<Bound, Idle> portless = new HashMap<>();
    final Map<Bound, Ipv4Address> publicOf = new HashMap<>();
    /** When temporary mappings end, in ticks. */
    final Map<Inside, Long> leases = new HashMap<>();

    final Set<Inside> reserved = new HashSet<>();
    final Set<Flow> mayClose = new HashSet<>();
    final Set<Bound> mayBeUnbound = new HashSet<>();
    private final NatConfig config;
    private final Limits limits;
    private final AddressBindings bindings;
    private Snapshots snapshots;
    long tick;

    TableModel(NatConfig config) {
        this.config = config;
        this.limits = config.limits();
        this.bindings = new AddressBindings(config);
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
            bindings.assigned(mapping, tick);
            boolean shared = config.identifiers().assignment() instanceof Assignment.Shared;
            if (shared && !mapping.temporary() && !(kept && config.identifiers().preserved())) {
                assertThat(isReplaced(mapping)).isTrue();
            }
            assertThat(mappingsOf(inside.endpoint.address())).isLessThan(limits.mappingsPerHost());
        }
        mappings.put(inside, new Held(mapping.outside(), mapping.permanent()));
    }

    /** Whether an identifier was not kept, for a reason, and replaced by one of its class. */
    private boolean isReplaced(Mapping mapping) {
        long wanted = mapping.inside().identifier();
        boolean sameClass = mapping.outside().identifier() < 1024 == wanted < 1024;
        Endpoint outside = new Endpoint(mapping.outside().address(), wanted);
        boolean reason = !config.identifiers().preserved()
                || config.identifiers().excluded().contains((int) wanted)
                || isTaken(mapping, wanted)
                || bindings.hasRested(new Inside(mapping.protocol(), outside));
        return reason && (sameClass || mapping.protocol() == Protocol.ICMP);
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
        leases.remove(inside);
        assertThat(mappings.remove(inside)).isEqualTo(new Held(mapping.outside(), mapping.permanent()));
        if (!mapping.permanent()) {
            bindings.freed(mapping, tick);
        }
    }

    @Override
    public void addressBound(int inside, int publicIndex) {
        bindings.bound(new Ipv4Address(inside), snapshots.publicAddress(publicIndex));
    }

    @Override
    public void addressReleased(int inside, int publicIndex) {
        bindings.released(new Ipv4Address(inside), snapshots.publicAddress(publicIndex));
    }

    @Override
    public void pairingBroken(int inside, int publicIndex, int next) {
        assertThat(config.identifiers().pairing()).isEqualTo(Pairing.FALL_OVER);
        assertThat(next).isNotEqualTo(publicIndex);
        bindings.isBound(new Ipv4Address(inside), snapshots.publicAddress(publicIndex));
    }

    @Override
    public void blockAllocated(int inside, int publicIndex, int first, int last) {
        bindings.allocated(new Ipv4Address(inside), new PortRange(snapshots.publicAddress(publicIndex), first, last));
    }

    @Override
    public void blockFreed(int inside, int publicIndex, int first, int last) {
        PortRange block = new PortRange(snapshots.publicAddress(publicIndex), first, last);
        Ipv4Address host = new Ipv4Address(inside);
        assertThat(mappings.entrySet())
                .noneMatch(entry -> !entry.getValue().permanent
                        && entry.getKey().endpoint.address().equals(host)
                        && entry.getValue().outside.address().equals(block.address())
                        && block.contains((int) entry.getValue().outside.identifier()));
        bindings.freed(host, block);
    }

    /** Whether a static forward leads from a public address, or something of it is reserved. */
    boolean isNamed(Ipv4Address outside) {
        return reserved.stream().anyMatch(one -> one.endpoint.address().equals(outside))
                || mappings.values().stream()
                        .anyMatch(
                                held -> held.permanent && held.outside.address().equals(outside));
    }

    /** What is left of bindings and blocks once nothing is mapped. */
    void isUnbound() {
        bindings.isEmpty();
    }

    @Override
    public void sessionCreated(int ref) {
        Session session = snapshots.session(ref, tick);
        Flow flow = flow(session);
        assertThat(mappings.get(flow.inside).outside).isEqualTo(session.outside());
        assertThat(sessions).doesNotContainKey(flow);
        assertThat(sessions.size() + portless.size()).isLessThan(limits.sessions());
        assertThat(sessionsOf(flow.inside.endpoint.address())).isLessThan(limits.sessionsPerHost());
        Idle idle = new Idle();
        idle.stamp = tick;
        idle.timeout = (int) (session.timeoutNanos() >> 20);
        idle.respite = idle.timeout == ESTABLISHED ? RESET : 0;
        sessions.put(flow, idle);
    }

    @Override
    public void portlessCreated(int ref) {
        PortlessSession session = snapshots.portless(ref, tick);
        Bound bound = bound(session);
        assertThat(portless).doesNotContainKey(bound);
        assertThat(portless.keySet())
                .noneMatch(other -> other.protocol == bound.protocol
                        && other.remote.equals(bound.remote)
                        && publicOf.get(other).equals(session.outside()));
        Idle idle = new Idle();
        idle.stamp = tick;
        idle.timeout = (int) (session.timeoutNanos() >> 20);
        portless.put(bound, idle);
        publicOf.put(bound, session.outside());
    }

    @Override
    public void portlessClosed(int ref) {
        Bound bound = bound(snapshots.portless(ref, tick));
        Idle idle = portless.remove(bound);
        publicOf.remove(bound);
        assertThat(idle).isNotNull();
        assertThat(mayBeUnbound.contains(bound) || tick >= idle.end())
                .as("%s may end", bound)
                .isTrue();
    }

    @Override
    public void settled() {
        // nothing waits for it
    }

    static Bound bound(PortlessSession session) {
        return new Bound(session.protocol(), session.inside(), session.remote());
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
                        .count()
                + portless.keySet().stream()
                        .filter(bound -> bound.inside.equals(host))
                        .count();
    }

    /** Whether an inside endpoint has a live session with a remote address. */
    boolean knows(Inside inside, Ipv4Address remote) {
        return sessions.entrySet().stream()
                .filter(entry -> tick < entry.getValue().end())
                .anyMatch(entry -> isBetween(entry.getKey(), inside, remote));
    }

    /** The same, or it had one until so many ticks ago. */
    boolean knew(Inside inside, Ipv4Address remote, int ticks) {
        return sessions.entrySet().stream()
                .filter(entry -> tick < entry.getValue().end() + ticks)
                .anyMatch(entry -> isBetween(entry.getKey(), inside, remote));
    }

    /** Whether some host talks to a remote by a protocol without identifiers. */
    boolean holds(int protocol, Ipv4Address remote) {
        return portless.entrySet().stream()
                .filter(entry -> tick < entry.getValue().end())
                .anyMatch(entry -> entry.getKey().protocol == protocol
                        && entry.getKey().remote.equals(remote));
    }

    private static boolean isBetween(Flow flow, Inside inside, Ipv4Address remote) {
        return flow.inside.equals(inside) && flow.remote.address().equals(remote);
    }

    int hosts() {
        Set<Ipv4Address> hosts = new HashSet<>();
        mappings.keySet().forEach(inside -> hosts.add(inside.endpoint.address()));
        portless.keySet().forEach(bound -> hosts.add(bound.inside));
        return hosts.size();
    }
}
