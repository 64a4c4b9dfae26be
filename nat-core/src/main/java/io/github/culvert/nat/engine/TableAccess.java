package io.github.culvert.nat.engine;

import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.ConfigProblem;
import io.github.culvert.nat.config.InvalidConfigException;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.HostUsage;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.MappingGrant;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Forwards;
import io.github.culvert.nat.table.PublicAddresses;
import io.github.culvert.nat.table.Snapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The NAT table API over the flat table. */
final class TableAccess implements NatTable {
    private final Announcer announcer;
    private final Settings settings;
    private final FlowTable table;
    private final Channels channels;
    private final long startNanos;
    private final Snapshots snapshots;
    private final Forwards forwards;
    private final PublicAddresses addresses;
    private final EngineThread thread;
    private final LongSupplier now;

    /** Over a table, for the thread of an engine, at the tick that the engine has come to. */
    TableAccess(
            Settings settings,
            FlowTable table,
            Channels channels,
            EngineThread thread,
            LongSupplier now,
            long startNanos,
            Announcer announcer) {
        this.channels = channels;
        this.startNanos = startNanos;
        this.settings = settings;
        this.table = table;
        this.thread = thread;
        this.now = now;
        this.announcer = announcer;
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
        List<ConfigProblem> problems = settings.current().problemsOf(forward);
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return snapshots.mapping(forwards.add(forward));
    }

    @Override
    public boolean removeForward(StaticForward forward) {
        long tick = enter();
        boolean removed = forwards.remove(forward);
        channels.settle(tick);
        return removed;
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
        channels.settle(tick);
        return closed;
    }

    @Override
    public MappingGrant requestMapping(
            Protocol protocol, Endpoint inside, Optional<Endpoint> suggested, Duration lifetime) {
        enter();
        boolean allowed = !lifetime.isNegative() && !lifetime.isZero() && lifetime.compareTo(Timeouts.LONGEST) <= 0;
        if (protocol == Protocol.ICMP
                || !isPort(inside)
                || !suggested.map(TableAccess::isPort).orElse(true)
                || !allowed) {
            throw new IllegalArgumentException("a mapping of UDP or TCP, with ports of 1 to 65535, for up to 20 days,"
                    + " and not " + protocol + " " + inside + " for " + lifetime);
        }
        int host = inside.address().bits();
        if (settings.current().insideNetworks().stream().noneMatch(network -> network.contains(host))) {
            return new MappingGrant.Denied(Refusal.SPOOFED_INSIDE);
        }
        int ref = table.leases().request(protocol, inside, suggested.orElse(null), lifetime);
        return ref > 0 ? new MappingGrant.Granted(snapshots.mapping(ref)) : denied(Refusal.of(~ref), host, protocol);
    }

    private MappingGrant denied(Refusal reason, int host, Protocol protocol) {
        announcer.limitReached(reason, host, protocol.number());
        return new MappingGrant.Denied(reason);
    }

    private static boolean isPort(Endpoint endpoint) {
        return endpoint.identifier() >= 1 && endpoint.identifier() <= 0xffff;
    }

    @Override
    public boolean releaseMapping(Protocol protocol, Endpoint inside) {
        enter();
        return isPort(inside) && table.leases().release(protocol, inside);
    }

    @Override
    public void forEachPortless(Consumer<? super PortlessSession> action) {
        long tick = enter();
        for (int ref = 1; ref < snapshots.end(); ref++) {
            if (isLivePortless(ref, tick)) {
                action.accept(snapshots.portless(ref, tick));
            }
        }
    }

    private boolean isLivePortless(int ref, long tick) {
        return snapshots.isPortless(ref) && !snapshots.isExpired(ref, tick);
    }

    @Override
    public int closePortless(Predicate<? super PortlessSession> which) {
        long tick = enter();
        int closed = 0;
        for (int ref = 1; ref < snapshots.end(); ref++) {
            if (isLivePortless(ref, tick) && which.test(snapshots.portless(ref, tick))) {
                table.close(ref);
                closed++;
            }
        }
        channels.settle(tick);
        return closed;
    }

    @Override
    public void reconfigure(Limits limits) {
        enter();
        settings.change(limits);
    }

    @Override
    public void reconfigure(Rates rates) {
        enter();
        settings.change(rates);
    }

    @Override
    public void reconfigure(Timeouts timeouts) {
        enter();
        settings.change(timeouts);
    }

    @Override
    public void enable(String alg) {
        enter();
        known(alg, channels.enable(alg));
    }

    @Override
    public void disable(String alg) {
        channels.settle(enter());
        known(alg, channels.disable(alg));
    }

    private void known(String alg, boolean known) {
        if (!known) {
            List<String> names = algs().stream().map(AlgStatus::name).toList();
            throw new IllegalArgumentException("there is no ALG " + alg + "; those of this engine are " + names);
        }
    }

    @Override
    public List<AlgStatus> algs() {
        enter();
        return channels.statuses();
    }

    @Override
    public List<Finding> findings() {
        enter();
        return channels.findings(startNanos);
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
        List<Ipv4Address> more = new ArrayList<>(settings.current().publicAddresses());
        more.add(address);
        NatConfig changed = changed(more);
        addresses.add(address);
        settings.changePublicAddresses(changed);
    }

    @Override
    public void removePublicAddress(Ipv4Address address) {
        long tick = enter();
        publicIndex(address);
        NatConfig changed = changed(settings.current().publicAddresses().stream()
                .filter(other -> !other.equals(address))
                .toList());
        addresses.remove(address);
        settings.changePublicAddresses(changed);
        channels.settle(tick);
    }

    /** The configuration with other public addresses; of the static forwards the table knows which there are now. */
    private NatConfig changed(List<Ipv4Address> publicAddresses) {
        NatConfig config = settings.current();
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
            throw new IllegalArgumentException(address + " is no public address; those are "
                    + settings.current().publicAddresses());
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
