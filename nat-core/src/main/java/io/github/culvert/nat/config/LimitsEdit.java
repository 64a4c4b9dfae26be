package io.github.culvert.nat.config;

/** Limits that are being changed: what stands behind the with-methods of {@link Limits}. */
final class LimitsEdit {
    int sessions;
    int hosts;
    int mappings;
    int mappingsPerHost;
    int udpMappingsPerHost;
    int tcpMappingsPerHost;
    int icmpMappingsPerHost;
    int sessionsPerHost;
    int sessionsPerMapping;
    int heldSyns;
    Thresholds thresholds;

    LimitsEdit(Limits from) {
        sessions = from.sessions();
        hosts = from.hosts();
        mappings = from.mappings();
        mappingsPerHost = from.mappingsPerHost();
        udpMappingsPerHost = from.udpMappingsPerHost();
        tcpMappingsPerHost = from.tcpMappingsPerHost();
        icmpMappingsPerHost = from.icmpMappingsPerHost();
        sessionsPerHost = from.sessionsPerHost();
        sessionsPerMapping = from.sessionsPerMapping();
        heldSyns = from.heldSyns();
        thresholds = from.thresholds();
    }

    Limits done() {
        return new Limits(
                sessions,
                hosts,
                mappings,
                mappingsPerHost,
                udpMappingsPerHost,
                tcpMappingsPerHost,
                icmpMappingsPerHost,
                sessionsPerHost,
                sessionsPerMapping,
                heldSyns,
                thresholds);
    }
}
