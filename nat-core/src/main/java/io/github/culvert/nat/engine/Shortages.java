package io.github.culvert.nat.engine;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.Thresholds;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.event.Quota;
import io.github.culvert.nat.event.Threshold;
import io.github.culvert.nat.mapping.HostUsage;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Snapshots;
import io.github.culvert.nat.table.Tuning;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells what is full and what is nearly so, each cause at most once a second (RFC 8158 sections 4.4, 4.5). */
final class Shortages {
    /** A second, in ticks, rounded up. */
    private static final long INTERVAL = (1_000_000_000L >> 20) + 1;

    private final FlowTable table;
    private final Tuning tuning;
    private final int mostFragments;
    private final Snapshots snapshots;
    private final Consumer<? super NatEvent> listeners;
    private final long[] refusedAt = new long[Refusal.count()];
    private final long[] reachedAt = new long[Threshold.values().length];
    private final boolean[] above = new boolean[Threshold.values().length];

    Shortages(FlowTable table, int mostFragments, Consumer<? super NatEvent> listeners) {
        this.mostFragments = mostFragments;
        this.table = table;
        this.tuning = table.tuning();
        this.snapshots = table.snapshots();
        this.listeners = listeners;
        Arrays.fill(refusedAt, -INTERVAL);
        Arrays.fill(reachedAt, -INTERVAL);
        // a table that is empty at first has not come down to the low mark
        above[Threshold.ADDRESSES_LOW.ordinal()] = true;
    }

    /** A flow of a host was refused for want of room. */
    void refused(Refusal reason, int host, int protocol, long tick) {
        if (tick - refusedAt[reason.ordinal()] < INTERVAL) {
            return;
        }
        refusedAt[reason.ordinal()] = tick;
        Ipv4Address address = new Ipv4Address(host);
        boolean exhausted = reason == Refusal.IDENTIFIERS_EXHAUSTED || reason == Refusal.ADDRESSES_EXHAUSTED;
        if (exhausted && hasIdentifiers(protocol)) {
            exhausted(address, Protocol.ofNumber(protocol));
            return;
        }
        Optional<Quota> quota = Quota.of(reason);
        listeners.accept(
                quota.isEmpty()
                        ? new NatEvent.LimitReached(reason, address)
                        : new NatEvent.QuotaExceeded(quota.get(), reason, limit(reason, address, protocol), address));
    }

    /** A flow without identifiers may want an address too. */
    private static boolean hasIdentifiers(int protocol) {
        return Arrays.stream(Protocol.values()).anyMatch(one -> one.number() == protocol);
    }

    private void exhausted(Ipv4Address host, Protocol protocol) {
        listeners.accept(new NatEvent.IdentifiersExhausted(protocol, snapshots.publicAddressFor(host)));
        if (table.isExhausted(protocol.number())) {
            listeners.accept(new NatEvent.AddressesExhausted(protocol));
        }
    }

    private long limit(Refusal reason, Ipv4Address host, int protocol) {
        Limits limits = tuning.limits();
        return switch (Quota.of(reason).orElseThrow()) {
            case SESSIONS -> limits.sessions();
            case MAPPINGS -> limits.mappings();
            case HOSTS -> limits.hosts();
            case FRAGMENTS -> mostFragments;
            case PER_HOST -> reason == Refusal.HOST_SESSION_LIMIT ? limits.sessionsPerHost() : mappings(host, protocol);
        };
    }

    private long mappings(Ipv4Address host, int protocol) {
        int all = tuning.limits().mappingsPerHost();
        boolean full = snapshots.usageOf(host).map(HostUsage::mappings).orElse(0) >= all;
        return full ? all : tuning.mappingsPerHost(protocol);
    }

    /** The table may have changed. */
    void look(long tick) {
        Thresholds thresholds = tuning.limits().thresholds();
        int addresses = table.addressesInUse();
        look(Threshold.ADDRESSES_HIGH, addresses >= thresholds.addressesHigh(), thresholds.addressesHigh(), tick);
        look(Threshold.ADDRESSES_LOW, addresses <= thresholds.addressesLow(), thresholds.addressesLow(), tick);
        look(Threshold.MAPPINGS, table.mappingCount() >= thresholds.mappings(), thresholds.mappings(), tick);
        look(Threshold.HOSTS, table.hostCount() >= thresholds.hosts(), thresholds.hosts(), tick);
    }

    private void look(Threshold threshold, boolean reached, int value, long tick) {
        int number = threshold.ordinal();
        if (above[number] != reached) {
            above[number] = reached;
            if (reached && value > 0) {
                tell(threshold, value, Optional.empty(), tick);
            }
        }
    }

    /** A host has got a mapping. */
    void mapped(Ipv4Address host, long tick) {
        int value = tuning.limits().thresholds().mappingsPerHost();
        if (value != Limits.MOST
                && snapshots.usageOf(host).map(HostUsage::mappings).orElse(0) == value) {
            tell(Threshold.MAPPINGS_PER_HOST, value, Optional.of(host), tick);
        }
    }

    private void tell(Threshold threshold, long value, Optional<Ipv4Address> host, long tick) {
        if (tick - reachedAt[threshold.ordinal()] >= INTERVAL) {
            reachedAt[threshold.ordinal()] = tick;
            listeners.accept(new NatEvent.ThresholdReached(threshold, value, host));
        }
    }
}
