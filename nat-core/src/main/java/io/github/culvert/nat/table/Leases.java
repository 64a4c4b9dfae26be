package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.refusal.Refusal;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Temporary mappings: those that an inside host has asked for (RFC 6887), which stay without any session until their
 * lifetime ends. A dynamic mapping can become one, and is an ordinary one again afterwards, for as long as it has
 * sessions. Not safe for use by several threads.
 */
public final class Leases {
    /** How late a lifetime may be noticed that was made shorter. */
    private static final int LONGEST_VISIT = Ticks.ofTimeout(Duration.ofSeconds(60));

    private final TableParts parts;
    private final Opening opening;
    private final Closing closing;

    Leases(TableParts parts, Opening opening, Closing closing) {
        this.parts = parts;
        this.opening = opening;
        this.closing = closing;
    }

    /**
     * Makes or prolongs the mapping of an inside endpoint. A static forward stays as it is.
     *
     * @param suggested the public endpoint that is wanted; another one is chosen if it cannot be had
     * @return the record of the mapping, or the complement of a refusal
     */
    public int request(Protocol protocol, Endpoint inside, @Nullable Endpoint suggested, Duration lifetime) {
        long parties = (long) inside.address().bits() << 32;
        long ids = Snapshots.endpointKey(protocol, inside);
        int owner = opening.liveOwner(parts.endpoints.find(parties, ids));
        int mapping = owner == 0 ? create(parties, ids, suggested) : opening.promoted(owner);
        if (mapping > 0 && !parts.isPermanent(mapping)) {
            prolong(mapping, parts.tick + Ticks.ofTimeout(lifetime));
        }
        if (owner == 0 && mapping > 0) {
            parts.events.mappingCreated(mapping);
        }
        parts.events.settled();
        return mapping;
    }

    private int create(long parties, long ids, @Nullable Endpoint suggested) {
        int host = parts.hosts.take(Record.insideAddress(parties));
        if (host < 0) {
            return host;
        }
        int protocol = Record.protocol(ids);
        int refusal = parts.quotas.mapping(host, protocol);
        refusal = refusal < 0 ? refusal : parts.quotas.token(host);
        int endpoint = refusal < 0 ? refusal : choose(host, ids, suggested);
        int ref = endpoint < 0 ? 0 : parts.records.allocate();
        if (ref == 0) {
            parts.hosts.giveBack(host);
            return endpoint < 0 ? endpoint : ~Refusal.SESSION_LIMIT.ordinal();
        }
        parts.fillMapping(ref, parties, ids | Assigner.identifier(endpoint), Assigner.index(endpoint), 0);
        if (!parts.endpoints.add(ref)) {
            parts.records.free(ref);
            parts.hosts.giveBack(host);
            return ~Refusal.INDEX_BUSY.ordinal();
        }
        parts.assigner.take(host, endpoint, protocol, ref);
        parts.liveMappings++;
        parts.version++;
        parts.quotas.spend(host);
        return ref;
    }

    private int choose(int host, long ids, @Nullable Endpoint suggested) {
        return suggested == null ? parts.assigner.choose(host, ids) : parts.assigner.choose(host, ids, suggested);
    }

    private void prolong(int mapping, long deadline) {
        ByteBuffer chunk = parts.records.chunk(mapping);
        int at = Records.at(mapping);
        boolean inWheel = Record.deadline(chunk, at) != 0;
        Record.ids(chunk, at, Record.withState(Record.ids(chunk, at), TableParts.TEMPORARY));
        Record.deadline(chunk, at, deadline);
        if (!inWheel) {
            remind(mapping, deadline);
        }
    }

    private void remind(int mapping, long deadline) {
        parts.wheel.put(mapping, Math.min(deadline, parts.tick + LONGEST_VISIT));
    }

    /** Gives a temporary mapping up before its time; returns whether there was one. */
    public boolean release(Protocol protocol, Endpoint inside) {
        int owner = parts.endpoints.find((long) inside.address().bits() << 32, Snapshots.endpointKey(protocol, inside));
        if (owner == 0 || !parts.isTemporary(owner)) {
            return false;
        }
        closing.endLease(owner);
        parts.events.settled();
        return true;
    }

    /** The wheel has come by a mapping record. */
    void due(int mapping) {
        ByteBuffer chunk = parts.records.chunk(mapping);
        int at = Records.at(mapping);
        if (parts.isTemporary(mapping)) {
            remind(mapping, Record.deadline(chunk, at));
            return;
        }
        Record.deadline(chunk, at, 0);
        closing.endLease(mapping);
    }
}
