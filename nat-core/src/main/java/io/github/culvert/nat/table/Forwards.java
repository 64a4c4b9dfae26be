package io.github.culvert.nat.table;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;

/** Static forwards, and identifiers that are reserved for the host. Not safe for use by several threads. */
public final class Forwards {
    private final TableParts parts;
    private final Closing closing;
    private final Snapshots snapshots;

    Forwards(TableParts parts, Closing closing) {
        this.parts = parts;
        this.closing = closing;
        this.snapshots = new Snapshots(parts);
    }

    /**
     * Adds a static forward that the configuration allows.
     *
     * @return the record of its mapping
     * @throws IllegalStateException if an endpoint is in use, or there is no room
     */
    public int add(StaticForward forward) {
        Protocol protocol = forward.protocol();
        Endpoint outside = forward.outside();
        int index = parts.pool.indexOf(outside.address().bits());
        requireFree(protocol, index, outside);
        int mapped = live(snapshots.ownerOf(protocol, forward.inside()));
        if (mapped != 0) {
            throw new IllegalStateException(forward.inside() + " has a mapping already: " + snapshots.mapping(mapped));
        }
        int host = granted(parts.hosts.take(forward.inside().address().bits()));
        int ref = parts.records.allocate();
        if (ref == 0) {
            parts.hosts.giveBack(host);
            throw new IllegalStateException("no room for another mapping");
        }
        fill(ref, forward, index);
        if (!parts.endpoints.add(ref)) {
            parts.records.free(ref);
            parts.hosts.giveBack(host);
            throw new IllegalStateException("the index is just changing its secret; try again");
        }
        parts.pool.space(index, protocol.number()).take((int) outside.identifier(), ref);
        parts.hosts.addMappings(host, protocol.number(), 1);
        parts.liveMappings++;
        parts.events.mappingCreated(ref);
        parts.events.settled();
        return ref;
    }

    private void fill(int ref, StaticForward forward, int index) {
        long parties = (long) forward.inside().address().bits() << 32;
        long ids = Snapshots.endpointKey(forward.protocol(), forward.inside())
                | forward.outside().identifier();
        parts.fillMapping(ref, parties, Record.withState(ids, TableParts.PERMANENT), index, 0);
    }

    private static int granted(int host) {
        if (host < 0) {
            throw new IllegalStateException("no room for another inside host: " + Refusal.of(~host));
        }
        return host;
    }

    /** Removes a static forward and closes its sessions; returns whether there was such a forward. */
    public boolean remove(StaticForward forward) {
        int ref = snapshots.ownerOf(forward.protocol(), forward.inside());
        if (ref == 0
                || !parts.isPermanent(ref)
                || !snapshots.mapping(ref).outside().equals(forward.outside())) {
            return false;
        }
        for (int session = 1; session < parts.records.end(); session++) {
            if (snapshots.isSession(session) && Record.link(parts.records.chunk(session), Records.at(session)) == ref) {
                closing.close(session);
            }
        }
        int host = parts.hosts.find(forward.inside().address().bits());
        closing.removeMapping(ref, host);
        closing.free(ref);
        parts.hosts.giveBack(host);
        parts.events.settled();
        return true;
    }

    /**
     * Reserves identifiers for the host.
     *
     * @throws IllegalStateException if one is in use; nothing is reserved then
     */
    public void reserve(Protocol protocol, int index, int first, int last) {
        Endpoint[] wanted = new Endpoint[last - first + 1];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = new Endpoint(snapshots.publicAddress(index), first + i);
            requireFree(protocol, index, wanted[i]);
        }
        for (int id = first; id <= last; id++) {
            parts.pool.space(index, protocol.number()).take(id, IdentifierSpace.RESERVED);
        }
    }

    /** Gives up reservations; identifiers that are not reserved stay as they are. */
    public void release(Protocol protocol, int index, int first, int last) {
        IdentifierSpace space = parts.pool.space(index, protocol.number());
        for (int id = first; id <= last; id++) {
            if (space.owner(id) == IdentifierSpace.RESERVED) {
                space.release(id);
            }
        }
    }

    private void requireFree(Protocol protocol, int index, Endpoint outside) {
        int alone = parts.fixed.insideOf(index);
        if (alone != 0) {
            throw new IllegalStateException(outside.address() + " is that of " + new Ipv4Address(alone) + " alone");
        }
        int owner = live(parts.pool.owner(index, protocol.number(), (int) outside.identifier()));
        if (owner == IdentifierSpace.RESERVED) {
            throw new IllegalStateException(protocol + " " + outside + " is reserved for the host");
        }
        if (owner == IdentifierSpace.SHARED) {
            throw new IllegalStateException(protocol + " " + outside + " is shared by inside hosts, for an ALG");
        }
        if (owner != 0) {
            throw new IllegalStateException(protocol + " " + outside + " is in use: " + snapshots.mapping(owner));
        }
    }

    /** The same owner, or 0 if it is a session whose time is up; that is closed then. */
    private int live(int owner) {
        if (owner <= 0 || !parts.isExpired(owner)) {
            return owner;
        }
        closing.close(owner);
        return 0;
    }
}
