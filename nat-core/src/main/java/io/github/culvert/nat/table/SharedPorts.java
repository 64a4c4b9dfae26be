package io.github.culvert.nat.table;

import io.github.culvert.nat.wire.UdpLayout;
import java.util.HashMap;
import java.util.Map;

/**
 * Public UDP ports that several inside hosts share, since an ALG tells their packets apart: each as long as a session
 * has it, then it rests. Such a session has no mapping, and a mark in its record.
 *
 * <p>Deviation: RFC 4787 REQ-3 forbids this; see the control of the ALG that asks for it. Not safe for use by several
 * threads.
 */
final class SharedPorts {
    private final TableParts parts;
    /** How many sessions each has, by the number of the public address and port. */
    private final Map<Integer, Integer> sessions = new HashMap<>();

    SharedPorts(TableParts parts) {
        this.parts = parts;
    }

    /** Whether a session may share a port: nobody has it for himself, nor its address. */
    boolean isOpen(int publicIndex, int port) {
        int owner = parts.pool.owner(publicIndex, UdpLayout.PROTOCOL, port);
        return parts.fixed.insideOf(publicIndex) == 0 && (owner == 0 || owner == IdentifierSpace.SHARED);
    }

    /** A session shares a port that is open to it. */
    void join(int publicIndex, int port) {
        if (sessions.merge(Assigner.endpoint(publicIndex, port), 1, Integer::sum) == 1) {
            parts.pool.space(publicIndex, UdpLayout.PROTOCOL).take(port, IdentifierSpace.SHARED);
        }
    }

    /** A session that shares a port ends. */
    void leave(int publicIndex, int port) {
        int endpoint = Assigner.endpoint(publicIndex, port);
        sessions.merge(endpoint, -1, (before, change) -> before == 1 ? null : before + change);
        if (!sessions.containsKey(endpoint)) {
            parts.pool.space(publicIndex, UdpLayout.PROTOCOL).release(port);
            parts.assigner.rest(endpoint, UdpLayout.PROTOCOL);
        }
    }
}
