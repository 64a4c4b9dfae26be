package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.OptionalIcmp;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.IcmpLayout;
import java.util.Set;

/** Which ICMP messages pass, by type (RFC 5508 REQ-10 and 11, RFC 6633, RFC 6918). Immutable. */
final class IcmpTypes {
    /** The message passes, as far as its type goes. */
    static final int FINE = 0;

    private static final int DEPRECATED_BY_RFC6918 = 6;
    private static final int FIRST_TRIAL = 30;
    private static final int LAST_TRIAL = 39;

    /** For each direction the types of queries that may travel in it: requests out, replies in. */
    private final int[] queries;

    private final int errors;

    IcmpTypes(Set<OptionalIcmp> passes) {
        boolean timestamp = passes.contains(OptionalIcmp.TIMESTAMP);
        queries = new int[] {
            1 << IcmpLayout.ECHO_REQUEST | (timestamp ? 1 << IcmpLayout.TIMESTAMP_REQUEST : 0),
            1 << IcmpLayout.ECHO_REPLY | (timestamp ? 1 << IcmpLayout.TIMESTAMP_REPLY : 0)
        };
        errors = 1 << IcmpLayout.UNREACHABLE
                | 1 << IcmpLayout.TIME_EXCEEDED
                | (passes.contains(OptionalIcmp.REDIRECT) ? 1 << IcmpLayout.REDIRECT : 0)
                | (passes.contains(OptionalIcmp.PARAMETER_PROBLEM) ? 1 << IcmpLayout.PARAMETER_PROBLEM : 0);
    }

    /** Whether a message is a query that may travel in a direction. */
    boolean isQuery(int type, int direction) {
        return has(queries[direction], type);
    }

    /** Whether a packet of a session's key is no ICMP message, or one that may travel in a direction. */
    boolean isOfFlow(Header header, int direction) {
        return header.protocol != IcmpLayout.PROTOCOL || isQuery(header.flags, direction);
    }

    /** {@link #FINE}, or why a query does not pass in a direction. */
    int judgeQuery(int type, int direction) {
        if (isQuery(type, direction)) {
            return FINE;
        }
        boolean turned = isQuery(type, 1 - direction);
        return Verdict.refused(turned ? Refusal.ICMP_DIRECTION : Refusal.ICMP_DISABLED);
    }

    /** {@link #FINE}, or why a message that is no query does not pass. */
    int judgeError(int type) {
        if (has(errors, type)) {
            return FINE;
        }
        if (isDeprecated(type)) {
            return Verdict.refused(Refusal.ICMP_DEPRECATED);
        }
        return Verdict.refused(IcmpLayout.isError(type) ? Refusal.ICMP_DISABLED : Refusal.ICMP_TYPE);
    }

    private static boolean isDeprecated(int type) {
        return type == IcmpLayout.SOURCE_QUENCH
                || type == DEPRECATED_BY_RFC6918
                || type >= IcmpLayout.INFORMATION_REQUEST && type <= IcmpLayout.ADDRESS_MASK_REPLY
                || type >= FIRST_TRIAL && type <= LAST_TRIAL;
    }

    private static boolean has(int types, int type) {
        return type < 32 && (types >>> type & 1) != 0;
    }
}
