package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;

/** Public addresses that come and go while running. Takes time in proportion to the table. */
public final class PublicAddresses {
    private final TableParts parts;
    private final Closing closing;
    private final Snapshots snapshots;

    PublicAddresses(TableParts parts, Closing closing) {
        this.parts = parts;
        this.closing = closing;
        this.snapshots = new Snapshots(parts);
    }

    /** Adds an address that is none of ours; closes what goes out to it, since that is to turn round. */
    public void add(Ipv4Address address) {
        closeSessions(parts.pool.add(address.bits()));
        changed();
    }

    /**
     * Removes an address; closes what uses it, from either side.
     *
     * @throws IllegalStateException if a static forward leads from it or the host has reserved something of it, or hosts
     *     would share no address any more; nothing is changed then
     */
    public void remove(Ipv4Address address) {
        int index = parts.pool.indexOf(address.bits());
        if (parts.pool.isShared(index) && parts.pool.sharedCount() == 1) {
            throw new IllegalStateException(address + " is the last public address that inside hosts share");
        }
        requireNoneNamed(index);
        closeSessions(index);
        parts.bindings.forget(address.bits());
        parts.pool.withdraw(index);
        changed();
        moveHosts(index);
        parts.assigner.forget(index);
        parts.pool.remove(index);
    }

    /** What was found or chosen before is not good any more. */
    private void changed() {
        parts.addresses.renew();
        parts.version++;
    }

    private void requireNoneNamed(int index) {
        for (Protocol protocol : Protocol.values()) {
            for (int id = 0; id < 1 << 16; id++) {
                int owner = parts.pool.owner(index, protocol.number(), id);
                if (owner == IdentifierSpace.RESERVED) {
                    throw new IllegalStateException(
                            protocol + " " + snapshots.publicAddress(index) + ":" + id + " is reserved for the host");
                }
                if (owner > 0 && parts.isPermanent(owner)) {
                    throw new IllegalStateException("in use: " + snapshots.mapping(owner));
                }
            }
        }
    }

    /** What goes out by an address ends with it; what goes to it turns round from now on, or does so no longer. */
    private void closeSessions(int index) {
        int address = parts.pool.address(index);
        for (int ref = 1; ref < parts.records.end(); ref++) {
            boolean session = kind(ref) == Record.SESSION;
            if (session && isTo(ref, address) || isAt(ref, index) && (session || isLeased(ref))) {
                closing.close(ref);
            }
        }
    }

    private long kind(int ref) {
        return Record.ids(parts.records.chunk(ref), Records.at(ref)) & Record.KIND_MASK;
    }

    private boolean isTo(int session, int address) {
        return Record.remoteAddress(Record.parties(parts.records.chunk(session), Records.at(session))) == address;
    }

    private boolean isLeased(int ref) {
        return TableParts.isLeased(Record.ids(parts.records.chunk(ref), Records.at(ref)));
    }

    private boolean isAt(int ref, int index) {
        return Record.publicIndex(Record.place(parts.records.chunk(ref), Records.at(ref))) == index;
    }

    /** Hosts that have something else go on at another address. */
    private void moveHosts(int index) {
        for (int ref = 1; ref < parts.records.end(); ref++) {
            if (kind(ref) == Record.HOST && isAt(ref, index)) {
                parts.hosts.move(ref, parts.addresses.choose(parts.hosts.address(ref)));
                parts.addresses.renew();
            }
        }
    }
}
