package io.github.culvert.nat.engine;

import io.github.culvert.nat.alg.Notice;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.channel.Notices;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.event.NatListener;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Snapshots;
import io.github.culvert.nat.table.TableEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens to the table, and tells the listeners if there are any. */
final class Announcer implements TableEvents, Notices {
    private static final Logger LOG = LoggerFactory.getLogger(NatEngine.class);

    private final List<NatListener> listeners;
    private final Meters meters;
    private @Nullable Snapshots snapshots;
    private @Nullable Shortages shortages;
    private @Nullable Channels channels;
    private @Nullable Error thrown;
    private long tick;
    private boolean failureLogged;

    Announcer(List<NatListener> listeners, Meters meters) {
        this.listeners = List.copyOf(listeners);
        this.meters = meters;
    }

    /** To be called once, before anything happens to the table; without listeners there is nothing to tell. */
    void watch(FlowTable table, int mostFragments) {
        if (!listeners.isEmpty()) {
            snapshots = table.snapshots();
            shortages = new Shortages(table, mostFragments, this::tell);
        }
    }

    /** To be called once, before anything happens to the table. */
    void follow(Channels all) {
        channels = all;
    }

    void at(long now) {
        tick = now;
    }

    @Override
    public void mappingCreated(int owner) {
        Snapshots table = snapshots;
        Shortages watched = shortages;
        if (table != null && watched != null) {
            Mapping mapping = table.mapping(owner);
            tell(new NatEvent.MappingCreated(mapping));
            watched.mapped(mapping.inside().address(), tick);
        }
    }

    @Override
    public void mappingRemoved(int owner) {
        Snapshots table = snapshots;
        if (table != null) {
            Mapping last = table.mapping(owner);
            tell(new NatEvent.MappingRemoved(
                    new Mapping(last.protocol(), last.inside(), last.outside(), last.permanent(), 0)));
        }
    }

    @Override
    public void sessionCreated(int session) {
        meters.sessionCreated();
        Snapshots table = snapshots;
        if (table != null) {
            tell(new NatEvent.SessionCreated(table.session(session, tick)));
        }
    }

    @Override
    public void sessionClosed(int session) {
        meters.sessionClosed();
        Channels followed = channels;
        if (followed != null) {
            followed.closed(session);
        }
        Snapshots table = snapshots;
        if (table != null) {
            tell(new NatEvent.SessionClosed(table.session(session, tick)));
        }
    }

    @Override
    public void portlessCreated(int session) {
        meters.sessionCreated();
        Snapshots table = snapshots;
        if (table != null) {
            tell(new NatEvent.PortlessCreated(table.portless(session, tick)));
        }
    }

    @Override
    public void portlessClosed(int session) {
        meters.sessionClosed();
        Snapshots table = snapshots;
        if (table != null) {
            tell(new NatEvent.PortlessClosed(table.portless(session, tick)));
        }
    }

    @Override
    public void boundClosed(int session) {
        Channels followed = channels;
        if (followed != null) {
            followed.boundClosed(session);
        }
    }

    @Override
    public void addressBound(int inside, int publicIndex) {
        Snapshots table = snapshots;
        if (table != null) {
            tell(new NatEvent.AddressBound(new Ipv4Address(inside), table.publicAddress(publicIndex)));
        }
    }

    @Override
    public void addressReleased(int inside, int publicIndex) {
        Snapshots table = snapshots;
        if (table != null) {
            tell(new NatEvent.AddressReleased(new Ipv4Address(inside), table.publicAddress(publicIndex)));
        }
    }

    @Override
    public void pairingBroken(int inside, int publicIndex, int next) {
        Snapshots table = snapshots;
        if (table != null) {
            tell(new NatEvent.PairingBroken(
                    new Ipv4Address(inside), table.publicAddress(publicIndex), table.publicAddress(next)));
        }
    }

    @Override
    public void blockAllocated(int inside, int publicIndex, int first, int last) {
        Snapshots table = snapshots;
        if (table != null) {
            PortRange block = new PortRange(table.publicAddress(publicIndex), first, last);
            tell(new NatEvent.BlockAllocated(new Ipv4Address(inside), block));
        }
    }

    @Override
    public void blockFreed(int inside, int publicIndex, int first, int last) {
        Snapshots table = snapshots;
        if (table != null) {
            PortRange block = new PortRange(table.publicAddress(publicIndex), first, last);
            tell(new NatEvent.BlockFreed(new Ipv4Address(inside), block));
        }
    }

    @Override
    public void settled() {
        Shortages watched = shortages;
        if (watched != null) {
            watched.look(tick);
        }
        Error error = thrown;
        if (error != null) {
            thrown = null;
            throw error;
        }
    }

    /** A flow of a host was refused for want of room. */
    void limitReached(Refusal reason, int host, int protocol) {
        Shortages watched = shortages;
        if (watched != null) {
            watched.refused(reason, host, protocol, tick);
        }
    }

    @Override
    public void report(String alg, Scope scope, Notice notice) {
        meters.notice(notice.name());
        tell(new NatEvent.AlgNotice(alg, scope, notice));
    }

    void rekeyed() {
        LOG.warn("a probe in the index ran too long: it takes a new secret");
        tell(new NatEvent.IndexRekeyed());
    }

    /** An exception ends nothing; an error waits until the table is whole. */
    private void tell(NatEvent event) {
        for (NatListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                failed("a listener", e);
            } catch (Error e) {
                meters.callbackFailed();
                thrown = thrown == null ? e : thrown;
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
