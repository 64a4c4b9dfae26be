package io.github.culvert.nat.engine;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.ConfigProblem;
import io.github.culvert.nat.config.InvalidConfigException;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.HostUsage;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Forwards;
import io.github.culvert.nat.table.PublicAddresses;
import io.github.culvert.nat.table.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The NAT table API over the flat table. */
final class TableAccess implements NatTable {
    private NatConfig config;
    private final FlowTable table;
    private final Snapshots snapshots;
    private final Forwards forwards;
    private final PublicAddresses addresses;
    private final EngineThread thread;
    private final LongSupplier now;

    /** Over a table, for the thread of an engine, at the tick that the engine has come to. */
    TableAccess(NatConfig config, FlowTable table, EngineThread thread, LongSupplier now) {
        this.config = config;
        this.table = table;
        this.thread = thread;
        this.now = now;
        this.snapshots = table.snapshots();
        this.forwards = table.forwards();
        this.addresses = table.addresses();
    }

    /** To be called first by each method: the right thread, and the time that the packets have brought. */
    private long enter() {
        assert thread.isMine();
        long tick = now.getAsLong();
        table.at(tick);
        return tick;
    }

    @Override
    public Optional<Mapping> mappingOf(Protocol protocol, Endpoint inside) {
        enter();
        return mapping(snapshots.ownerOf(protocol, inside));
    }

    @Override
    public Optional<Mapping> mappingAt(Protocol protocol, Endpoint outside) {
        enter();
        return mapping(snapshots.ownerAt(protocol, outside));
    }

    private Optional<Mapping> mapping(int owner) {
        return owner == 0 || table.isExpired(owner) ? Optional.empty() : Optional.of(snapshots.mapping(owner));
    }

    @Override
    public Optional<Session> session(Protocol protocol, Endpoint inside, Endpoint remote) {
        long tick = enter();
        int ref = snapshots.sessionOf(protocol, inside, remote);
        return ref == 0 || snapshots.isExpired(ref, tick)
                ? Optional.empty()
                : Optional.of(snapshots.session(ref, tick));
    }

    @Override
    public Optional<HostUsage> usageOf(Ipv4Address host) {
        assert thread.isMine();
        return snapshots.usageOf(host);
    }

    @Override
    public void forEachMapping(Consumer<? super Mapping> action) {
        enter();
        for (int ref = 1; ref < snapshots.end(); ref++) {
            if (snapshots.isMapping(ref) && !table.isExpired(ref)) {
                action.accept(snapshots.mapping(ref));
            }
        }
    }

    @Override
    public void forEachSession(Consumer<? super Session> action) {
        long tick = enter();
        for (int ref = 1; ref < snapshots.end(); ref++) {
            if (isLive(ref, tick)) {
                action.accept(snapshots.session(ref, tick));
            }
        }
    }

    private boolean isLive(int ref, long tick) {
        return snapshots.isSession(ref) && !snapshots.isExpired(ref, tick);
    }

    @Override
    public Mapping addForward(StaticForward forward) {
        enter();
        List<ConfigProblem> problems = config.problemsOf(forward);
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return snapshots.mapping(forwards.add(forward));
    }

    @Override
    public boolean removeForward(StaticForward forward) {
        enter();
        return forwards.remove(forward);
    }

    @Override
    public int closeSessions(Predicate<? super Session> which) {
        long tick = enter();
        int closed = 0;
        for (int ref = 1; ref < snapshots.end(); ref++) {
            if (isLive(ref, tick) && which.test(snapshots.session(ref, tick))) {
                table.close(ref);
                closed++;
            }
        }
        return closed;
    }

    @Override
    public void reserveForHost(Protocol protocol, Ipv4Address address, int first, int last) {
        enter();
        forwards.reserve(protocol, publicIndex(address, first, last), first, last);
    }

    @Override
    public void releaseForHost(Protocol protocol, Ipv4Address address, int first, int last) {
        enter();
        forwards.release(protocol, publicIndex(address, first, last), first, last);
    }

    @Override
    public void addPublicAddress(Ipv4Address address) {
        enter();
        List<Ipv4Address> more = new ArrayList<>(config.publicAddresses());
        more.add(address);
        NatConfig changed = changed(more);
        addresses.add(address);
        config = changed;
    }

    @Override
    public void removePublicAddress(Ipv4Address address) {
        enter();
        publicIndex(address);
        NatConfig changed = changed(config.publicAddresses().stream()
                .filter(other -> !other.equals(address))
                .toList());
        addresses.remove(address);
        config = changed;
    }

    /** The configuration with other public addresses; of the static forwards the table knows which there are now. */
    private NatConfig changed(List<Ipv4Address> publicAddresses) {
        if (config.identifiers().assignment() instanceof Assignment.Deterministic) {
            throw new IllegalStateException("identifiers follow from the public addresses that the NAT started with");
        }
        return config.withForwards(List.of())
                .withPublicAddresses(publicAddresses)
                .validate();
    }

    private int publicIndex(Ipv4Address address) {
        int index = table.publicIndex(address.bits());
        if (index < 0) {
            throw new IllegalArgumentException(
                    address + " is no public address; those are " + config.publicAddresses());
        }
        return index;
    }

    private int publicIndex(Ipv4Address address, int first, int last) {
        int index = publicIndex(address);
        if (first < 0 || last > 0xffff || first > last) {
            throw new IllegalArgumentException(first + ".." + last + " is no range within 0..65535");
        }
        return index;
    }
}
