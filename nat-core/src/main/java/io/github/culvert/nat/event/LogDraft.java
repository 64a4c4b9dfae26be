package io.github.culvert.nat.event;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.EnumMap;
import java.util.Map;

/** A log record that is being written. */
final class LogDraft {
    private final LogProfile profile;
    private final Map<LogField, Long> values = new EnumMap<>(LogField.class);

    LogDraft(LogProfile profile) {
        this.profile = profile;
    }

    LogDraft put(LogField field, long value) {
        values.put(field, value);
        return this;
    }

    private LogDraft put(LogField field, Ipv4Address address) {
        return put(field, address.bits() & 0xffff_ffffL);
    }

    LogDraft protocol(int number) {
        return put(LogField.PROTOCOL, number);
    }

    LogDraft translated(Ipv4Address inside, Ipv4Address outside) {
        return put(LogField.INSIDE_ADDRESS, inside).put(LogField.PUBLIC_ADDRESS, outside);
    }

    LogDraft translated(Endpoint inside, Endpoint outside) {
        return translated(inside.address(), outside.address())
                .put(LogField.INSIDE_IDENTIFIER, inside.identifier())
                .put(LogField.PUBLIC_IDENTIFIER, outside.identifier());
    }

    /** The destination, the same on both sides; left out unless destinations are logged. */
    LogDraft remote(Ipv4Address remote) {
        return profile == LogProfile.MAPPINGS
                ? this
                : put(LogField.REMOTE_ADDRESS, remote).put(LogField.POST_REMOTE_ADDRESS, remote);
    }

    LogDraft remote(Endpoint remote) {
        return profile == LogProfile.MAPPINGS
                ? this
                : remote(remote.address())
                        .put(LogField.REMOTE_IDENTIFIER, remote.identifier())
                        .put(LogField.POST_REMOTE_IDENTIFIER, remote.identifier());
    }

    /** A block of ports of an inside host (RFC 8158 section 4.6.10). */
    LogDraft block(Ipv4Address inside, PortRange block) {
        return translated(inside, block.address())
                .put(LogField.FIRST_PORT, block.first())
                .put(LogField.LAST_PORT, block.last());
    }

    LogDraft quota(NatEvent.QuotaExceeded exceeded) {
        Quota quota = exceeded.quota();
        put(LogField.QUOTA, quota.number()).put(quota.limitField(), exceeded.limit());
        boolean ofHost = quota == Quota.PER_HOST || quota == Quota.FRAGMENTS;
        return ofHost ? put(LogField.INSIDE_ADDRESS, exceeded.host()) : this;
    }

    LogDraft threshold(NatEvent.ThresholdReached reached) {
        Threshold threshold = reached.threshold();
        put(LogField.THRESHOLD, threshold.number()).put(threshold.valueField(), reached.value());
        reached.host().ifPresent(host -> put(LogField.INSIDE_ADDRESS, host));
        boolean ofPool = threshold == Threshold.ADDRESSES_HIGH || threshold == Threshold.ADDRESSES_LOW;
        return ofPool ? put(LogField.POOL, 0) : this;
    }

    LogRecord done() {
        return new LogRecord(values);
    }
}
