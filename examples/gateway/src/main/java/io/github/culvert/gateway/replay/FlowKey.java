package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Endpoint;

/**
 * Who talks with whom.
 *
 * @param protocol the protocol number
 * @param inside the inside endpoint; identifier 0 where the packet shows none of its own
 * @param remote the remote endpoint, likewise
 */
record FlowKey(int protocol, Endpoint inside, Endpoint remote) {
    String insideText() {
        return text(inside);
    }

    String remoteText() {
        return text(remote);
    }

    private static String text(Endpoint endpoint) {
        return endpoint.identifier() == 0 ? endpoint.address().toString() : endpoint.toString();
    }
}
