package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.HostUsage;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.mapping.Session.Traffic;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.wire.TcpLayout;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads records as values. Not safe for use by several threads. */
public final class Snapshots {
    private final TableParts parts;

    Snapshots(TableParts parts) {
        this.parts = parts;
    }

    /** The part of a key that an inside endpoint makes. */
    static long endpointKey(Protocol protocol, Endpoint inside) {
        return inside.identifier() << Record.INSIDE_ID_SHIFT | (long) protocol.number() << Record.PROTOCOL_SHIFT;
    }

    /** The mapping of all flows of an inside endpoint, or 0. */
    public int ownerOf(Protocol protocol, Endpoint inside) {
        if (inside.identifier() > 0xffff) {
            return 0;
        }
        return parts.endpoints.find((long) inside.address().bits() << 32, endpointKey(protocol, inside));
    }

    /** The mapping at a public endpoint, or 0. */
    public int ownerAt(Protocol protocol, Endpoint outside) {
        int index = parts.pool.indexOf(outside.address().bits());
        if (index < 0 || outside.identifier() > 0xffff) {
            return 0;
        }
        return Math.max(0, parts.pool.owner(index, protocol.number(), (int) outside.identifier()));
    }

    /** The session of an inside and a remote endpoint, or 0. */
    public int sessionOf(Protocol protocol, Endpoint inside, Endpoint remote) {
        if (inside.identifier() > 0xffff || remote.identifier() > 0xffff) {
            return 0;
        }
        long parties = (long) inside.address().bits() << 32 | remote.address().bits() & 0xffff_ffffL;
        return parts.find(parties, endpointKey(protocol, inside) | remote.identifier() << Record.REMOTE_ID_SHIFT);
    }

    /** What a host has. */
    public Optional<HostUsage> usageOf(Ipv4Address host) {
        int ref = parts.hosts.find(host.bits());
        return ref == 0
                ? Optional.empty()
                : Optional.of(new HostUsage(
                        host,
                        publicAddress(parts.hosts.publicIndex(ref)),
                        parts.hosts.mappings(ref),
                        parts.hosts.mappings(ref, Protocol.UDP.number()),
                        parts.hosts.mappings(ref, Protocol.TCP.number()),
                        parts.hosts.mappings(ref, Protocol.ICMP.number()),
                        parts.hosts.sessions(ref)));
    }

    /** The public address that a host has, or will have if it is the next one to get something. */
    public Ipv4Address publicAddressFor(Ipv4Address host) {
        return publicAddress(parts.hosts.publicIndexFor(host.bits()));
    }

    /** A public address by number. */
    public Ipv4Address publicAddress(int index) {
        return new Ipv4Address(parts.pool.address(index));
    }

    /** One more than the highest reference. */
    public int end() {
        return parts.records.end();
    }

    /** Whether a reference is that of a session with identifiers. */
    public boolean isSession(int ref) {
        return kind(ref) == Record.SESSION && !isBound(ref);
    }

    /** Whether a reference is that of a session of a protocol without ports. */
    public boolean isPortless(int ref) {
        return kind(ref) == Record.SESSION && isBound(ref);
    }

    private boolean isBound(int session) {
        int link = Record.link(parts.records.chunk(session), Records.at(session));
        return link != 0 && parts.isBinding(link);
    }

    /** Whether a reference is that of a mapping, or of the session that stands for one. */
    public boolean isMapping(int ref) {
        long kind = kind(ref);
        return kind == Record.MAPPING
                || kind == Record.SESSION
                        && Record.link(parts.records.chunk(ref), Records.at(ref)) == 0
                        && !shares(ref);
    }

    private boolean shares(int session) {
        return (Record.place(parts.records.chunk(session), Records.at(session)) & Record.SHARES) != 0;
    }

    private long kind(int ref) {
        return Record.ids(parts.records.chunk(ref), Records.at(ref)) & Record.KIND_MASK;
    }

    /** Whether a session has been idle for its timeout, and only waits to be removed. */
    public boolean isExpired(int ref, long tick) {
        ByteBuffer chunk = parts.records.chunk(ref);
        int at = Records.at(ref);
        int lifetime = parts.lifetimes[Record.timeoutClass(Record.place(chunk, at))];
        return TableParts.isOver((int) tick - Record.stamp(chunk, at), lifetime);
    }

    /** The mapping that a record stands for. */
    public Mapping mapping(int ref) {
        ByteBuffer chunk = parts.records.chunk(ref);
        int at = Records.at(ref);
        long ids = Record.ids(chunk, at);
        boolean own = (ids & Record.KIND_MASK) == Record.MAPPING;
        return new Mapping(
                Protocol.ofNumber(Record.protocol(ids)),
                inside(chunk, at),
                outside(chunk, at),
                parts.isPermanent(ref),
                own ? Record.link(chunk, at) : 1,
                parts.isTemporary(ref) ? Ticks.nanos(Record.deadline(chunk, at) - parts.tick) : 0);
    }

    /** The session in a record. */
    public Session session(int ref, long tick) {
        ByteBuffer chunk = parts.records.chunk(ref);
        int at = Records.at(ref);
        long ids = Record.ids(chunk, at);
        int under = Record.timeoutClass(Record.place(chunk, at));
        int idle = (int) tick - Record.stamp(chunk, at);
        boolean aged = parts.ages(under, idle);
        int timeout = parts.timeouts[aged ? TimeoutClass.TCP_RESET.ordinal() : under];
        return new Session(
                Protocol.ofNumber(Record.protocol(ids)),
                inside(chunk, at),
                outside(chunk, at),
                endpoint(Record.remoteAddress(Record.parties(chunk, at)), Record.remoteId(ids)),
                aged ? SessionState.TRANSITORY : state(ids),
                new Traffic(Record.packets(chunk, at, 0), Record.bytes(chunk, at, 0)),
                new Traffic(Record.packets(chunk, at, 1), Record.bytes(chunk, at, 1)),
                Ticks.nanos(aged ? idle - parts.timeouts[under] : idle),
                Ticks.nanos(timeout));
    }

    /** The session of a protocol without ports in a record. */
    public PortlessSession portless(int ref, long tick) {
        ByteBuffer chunk = parts.records.chunk(ref);
        int at = Records.at(ref);
        long parties = Record.parties(chunk, at);
        int place = Record.place(chunk, at);
        return new PortlessSession(
                Record.protocol(Record.ids(chunk, at)),
                new Ipv4Address(Record.insideAddress(parties)),
                publicAddress(Record.publicIndex(place)),
                new Ipv4Address(Record.remoteAddress(parties)),
                new Traffic(Record.packets(chunk, at, 0), Record.bytes(chunk, at, 0)),
                new Traffic(Record.packets(chunk, at, 1), Record.bytes(chunk, at, 1)),
                Ticks.nanos((int) tick - Record.stamp(chunk, at)),
                Ticks.nanos(parts.timeouts[Record.timeoutClass(place)]),
                identifiers(ref));
    }

    private Optional<PortlessSession.Identifiers> identifiers(int session) {
        int in = parts.isBound(session) ? parts.bindings.ofRole(session, Role.IN) : 0;
        if (in == 0) {
            return Optional.empty();
        }
        int remote = parts.bindings.ofRole(session, Role.OUT);
        return Optional.of(new PortlessSession.Identifiers(
                identifier(parts.bindings.ofRole(session, Role.NEAR)),
                identifier(in),
                remote == 0 ? OptionalLong.empty() : OptionalLong.of(identifier(remote))));
    }

    private long identifier(int binding) {
        return Integer.toUnsignedLong(parts.bindings.index.identifier(binding));
    }

    private static SessionState state(long ids) {
        return Record.protocol(ids) == TcpLayout.PROTOCOL
                ? ConnectionState.of(Record.state(ids)).shown()
                : SessionState.OPEN;
    }

    private static Endpoint inside(ByteBuffer chunk, int at) {
        return endpoint(Record.insideAddress(Record.parties(chunk, at)), Record.insideId(Record.ids(chunk, at)));
    }

    private Endpoint outside(ByteBuffer chunk, int at) {
        int address = parts.pool.address(Record.publicIndex(Record.place(chunk, at)));
        return endpoint(address, Record.outsideId(Record.ids(chunk, at)));
    }

    private static Endpoint endpoint(int address, int identifier) {
        return new Endpoint(new Ipv4Address(address), identifier);
    }
}
