package io.github.culvert.gateway.report;

import io.github.culvert.nat.mapping.Direction;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what becomes of the packets of a recording. Not safe for use by several threads. */
public final class Tally {
    private final Map<Bystander, Long> bystanders = new EnumMap<>(Bystander.class);
    private final Map<Finding.Kind, Map<String, Long>> findings = new EnumMap<>(Finding.Kind.class);
    private final Map<String, ProtocolCount> protocols = new TreeMap<>();
    private final Map<String, Long> sent = new TreeMap<>();
    private Verdict verdict = Verdict.AS_RECORDED;
    private long read;
    private long asRecorded;

    /**
     * What became of the packets of one protocol.
     *
     * @param outbound packets of inside hosts
     * @param inbound packets to inside hosts
     * @param asRecorded how many of both came out as recorded
     */
    public record ProtocolCount(long outbound, long inbound, long asRecorded) {
        static final ProtocolCount NONE = new ProtocolCount(0, 0, 0);

        ProtocolCount plus(Direction direction) {
            return switch (direction) {
                case OUTBOUND -> new ProtocolCount(outbound + 1, inbound, asRecorded);
                case INBOUND -> new ProtocolCount(outbound, inbound + 1, asRecorded);
            };
        }

        ProtocolCount plusAsRecorded() {
            return new ProtocolCount(outbound, inbound, asRecorded + 1);
        }
    }

    /** Starts at nothing. */
    public Tally() {}

    /** Counts a packet of the file. */
    public void read() {
        read++;
    }

    /**
     * Counts a packet that is not for the NAT.
     *
     * @param why why it is not
     */
    public void bystander(Bystander why) {
        bystanders.merge(why, 1L, Long::sum);
    }

    /**
     * Counts a packet that is for the NAT.
     *
     * @param protocol the name of its protocol
     * @param direction which way it goes
     */
    public void offered(String protocol, Direction direction) {
        protocols.put(protocol, of(protocol).plus(direction));
    }

    /**
     * Counts a packet that came out as recorded.
     *
     * @param protocol the name of its protocol
     */
    public void asRecorded(String protocol) {
        asRecorded++;
        protocols.put(protocol, of(protocol).plusAsRecorded());
    }

    /**
     * Counts a packet that did not.
     *
     * @param finding what became of it
     */
    public void found(Finding finding) {
        findings.computeIfAbsent(finding.kind(), kind -> new TreeMap<>()).merge(finding.reason(), 1L, Long::sum);
        worsen(finding.kind().verdict());
    }

    /**
     * Counts a message that the NAT sent of its own.
     *
     * @param message its name
     */
    public void sent(String message) {
        sent.merge(message, 1L, Long::sum);
    }

    /** Counts the end of a damaged file: what lies behind it was cut short, with a reason. */
    public void endedEarly() {
        worsen(Verdict.REFUSED);
    }

    private void worsen(Verdict at) {
        verdict = at.compareTo(verdict) > 0 ? at : verdict;
    }

    private ProtocolCount of(String protocol) {
        return protocols.getOrDefault(protocol, ProtocolCount.NONE);
    }

    /**
     * The worst of all.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Packets of the file.
     *
     * @return how many
     */
    public long packets() {
        return read;
    }

    /**
     * Packets that came out as recorded.
     *
     * @return how many
     */
    public long packetsAsRecorded() {
        return asRecorded;
    }

    /**
     * Packets that were for the NAT.
     *
     * @param direction which way
     * @return how many
     */
    public long offered(Direction direction) {
        return protocols.values().stream()
                .mapToLong(count -> direction == Direction.OUTBOUND ? count.outbound() : count.inbound())
                .sum();
    }

    /**
     * Packets that were not for the NAT.
     *
     * @return how many, for each reason that occurred
     */
    public Map<Bystander, Long> bystanders() {
        return Map.copyOf(bystanders);
    }

    /**
     * Packets that did not come out as recorded.
     *
     * @param kind what became of them
     * @return how many, for each reason that occurred, sorted by name
     */
    public Map<String, Long> findings(Finding.Kind kind) {
        return new TreeMap<>(findings.getOrDefault(kind, Map.of()));
    }

    /**
     * Messages that the NAT sent of its own.
     *
     * @return how many, by name
     */
    public Map<String, Long> sent() {
        return new TreeMap<>(sent);
    }

    /**
     * What became of the packets of each protocol.
     *
     * @return the counts, sorted by the name of the protocol
     */
    public Map<String, ProtocolCount> protocols() {
        return new TreeMap<>(protocols);
    }
}
