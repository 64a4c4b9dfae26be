package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.refusal.Refusal;

/**
 * What may still come to be: how much, and how fast (RFC 6888 REQ-4, REQ-5). Gives 0, or the complement of a refusal. Not
 * safe for use by several threads.
 */
final class Quotas {
    private final TableParts parts;
    private Limits limits;
    private RateLimit hostRate;
    private RateLimit rate;
    /** When the bucket of all hosts together is full. */
    private long fullAt;

    Quotas(TableParts parts, Limits limits, Rates rates) {
        this.parts = parts;
        this.limits = limits;
        this.hostRate = RateLimit.of(rates.sessionsPerHost());
        this.rate = RateLimit.of(rates.sessions());
    }

    Limits limits() {
        return limits;
    }

    void change(Limits changed) {
        limits = changed;
    }

    void change(Rates changed) {
        hostRate = RateLimit.of(changed.sessionsPerHost());
        rate = RateLimit.of(changed.sessions());
    }

    /** For a further session of a mapping that has some. */
    int furtherSession(int host, int sessionsOfMapping) {
        boolean full = sessionsOfMapping >= limits.sessionsPerMapping();
        return full ? ~Refusal.MAPPING_SESSION_LIMIT.ordinal() : session(host);
    }

    /** For a session of a host. */
    int session(int host) {
        int refusal = sessions(host, 1);
        return refusal == 0 ? token(host) : refusal;
    }

    /** For so many sessions of a host, whatever its rate. */
    int sessions(int host, int more) {
        if (parts.liveSessions > limits.sessions() - more) {
            return ~Refusal.SESSION_LIMIT.ordinal();
        }
        boolean full = parts.hosts.sessions(host) > limits.sessionsPerHost() - more;
        return full && !isOwn(host) ? ~Refusal.HOST_SESSION_LIMIT.ordinal() : 0;
    }

    /** For a mapping of a host, apart from its session. */
    int mapping(int host, int protocol) {
        if (parts.liveMappings >= limits.mappings()) {
            return ~Refusal.MAPPING_LIMIT.ordinal();
        }
        boolean full = parts.hosts.mappings(host) >= limits.mappingsPerHost()
                || parts.hosts.mappings(host, protocol) >= mappingsPerHost(protocol);
        return full && !isOwn(host) ? ~Refusal.HOST_MAPPING_LIMIT.ordinal() : 0;
    }

    /** How many mappings of a protocol a host may have. */
    int mappingsPerHost(int protocol) {
        return switch (PublicPool.number(protocol)) {
            case 0 -> limits.icmpMappingsPerHost();
            case 1 -> limits.tcpMappingsPerHost();
            default -> limits.udpMappingsPerHost();
        };
    }

    /** For something new of a host, by its rate alone. */
    int token(int host) {
        long now = Ticks.nanos(parts.tick);
        long hostFullAt = hostRate.settled(parts.hosts.fullAt(host), now);
        if (!hostRate.allows(hostFullAt, now) && !isOwn(host)) {
            parts.hosts.fullAt(host, hostFullAt);
            return ~Refusal.HOST_SESSION_RATE.ordinal();
        }
        fullAt = rate.settled(fullAt, now);
        return rate.allows(fullAt, now) ? 0 : ~Refusal.SESSION_RATE.ordinal();
    }

    /** The machine that the NAT runs on has no share that could be used up. */
    private boolean isOwn(int host) {
        return parts.isOwn(Record.parties(parts.records.chunk(host), Records.at(host)));
    }

    /** Something new has come to be. */
    void spend(int host) {
        long now = Ticks.nanos(parts.tick);
        parts.hosts.fullAt(host, hostRate.taken(parts.hosts.fullAt(host), now));
        fullAt = rate.taken(fullAt, now);
    }
}
