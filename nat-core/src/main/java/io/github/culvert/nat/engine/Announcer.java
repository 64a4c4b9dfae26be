package io.github.culvert.nat.engine;

import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.event.NatListener;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.Snapshots;
import io.github.culvert.nat.table.TableEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens to the table, and tells the listeners if there are any. */
final class Announcer implements TableEvents {
    private static final Logger LOG = LoggerFactory.getLogger(NatEngine.class);
    /** A second, in ticks. */
    private static final long INTERVAL = 1_000_000_000L >> 20;

    private final List<NatListener> listeners;
    private final Meters meters;
    private final long[] lastLimit = new long[Refusal.count()];
    private @Nullable Snapshots snapshots;
    private long tick;
    private boolean failureLogged;

    Announcer(List<NatListener> listeners, Meters meters) {
        this.listeners = List.copyOf(listeners);
        this.meters = meters;
        java.util.Arrays.fill(lastLimit, -INTERVAL);
    }

    void watch(Snapshots table) {
        snapshots = table;
    }

    void at(long now) {
        tick = now;
    }

    @Override
    public void mappingCreated(int owner) {
        Snapshots table = snapshots;
        if (table != null && !listeners.isEmpty()) {
            tell(new NatEvent.MappingCreated(table.mapping(owner)));
        }
    }

    @Override
    public void mappingRemoved(int owner) {
        Snapshots table = snapshots;
        if (table != null && !listeners.isEmpty()) {
            Mapping last = table.mapping(owner);
            tell(new NatEvent.MappingRemoved(
                    new Mapping(last.protocol(), last.inside(), last.outside(), last.permanent(), 0)));
        }
    }

    @Override
    public void sessionCreated(int session) {
        meters.sessionCreated();
        Snapshots table = snapshots;
        if (table != null && !listeners.isEmpty()) {
            tell(new NatEvent.SessionCreated(table.session(session, tick)));
        }
    }

    @Override
    public void sessionClosed(int session) {
        meters.sessionClosed();
        Snapshots table = snapshots;
        if (table != null && !listeners.isEmpty()) {
            tell(new NatEvent.SessionClosed(table.session(session, tick)));
        }
    }

    @Override
    public void addressBound(int inside, int publicIndex) {
        Snapshots table = snapshots;
        if (table != null && !listeners.isEmpty()) {
            tell(new NatEvent.AddressBound(new Ipv4Address(inside), table.publicAddress(publicIndex)));
        }
    }

    @Override
    public void addressReleased(int inside, int publicIndex) {
        Snapshots table = snapshots;
        if (table != null && !listeners.isEmpty()) {
            tell(new NatEvent.AddressReleased(new Ipv4Address(inside), table.publicAddress(publicIndex)));
        }
    }

    @Override
    public void pairingBroken(int inside, int publicIndex, int next) {
        Snapshots table = snapshots;
        if (table != null && !listeners.isEmpty()) {
            tell(new NatEvent.PairingBroken(
                    new Ipv4Address(inside), table.publicAddress(publicIndex), table.publicAddress(next)));
        }
    }

    @Override
    public void blockAllocated(int inside, int publicIndex, int first, int last) {
        Snapshots table = snapshots;
        if (table != null && !listeners.isEmpty()) {
            PortRange block = new PortRange(table.publicAddress(publicIndex), first, last);
            tell(new NatEvent.BlockAllocated(new Ipv4Address(inside), block));
        }
    }

    @Override
    public void blockFreed(int inside, int publicIndex, int first, int last) {
        Snapshots table = snapshots;
        if (table != null && !listeners.isEmpty()) {
            PortRange block = new PortRange(table.publicAddress(publicIndex), first, last);
            tell(new NatEvent.BlockFreed(new Ipv4Address(inside), block));
        }
    }

    void limitReached(Refusal reason, int host) {
        if (!listeners.isEmpty() && tick - lastLimit[reason.ordinal()] >= INTERVAL) {
            lastLimit[reason.ordinal()] = tick;
            tell(new NatEvent.LimitReached(reason, new Ipv4Address(host)));
        }
    }

    void rekeyed() {
        LOG.warn("a probe in the index ran too long: it takes a new secret");
        if (!listeners.isEmpty()) {
            tell(new NatEvent.IndexRekeyed());
        }
    }

    private void tell(NatEvent event) {
        for (NatListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                failed("a listener", e);
            }
        }
    }

    /** Counts an exception of somebody else's code; the first is logged. */
    void failed(String what, RuntimeException e) {
        meters.callbackFailed();
        if (!failureLogged) {
            failureLogged = true;
            LOG.warn("{} failed; further failures are only counted", what, e);
        }
    }
}
