package io.github.culvert.gateway.report;

import io.github.culvert.nat.mapping.Direction;

/**
 * The packets of one flow.
 *
 * @param protocol the name of the protocol
 * @param inside the inside endpoint
 * @param remote the remote endpoint
 * @param outbound recorded packets of the inside host
 * @param inbound recorded packets to it
 * @param asRecorded how many of both came out as recorded
 */
public record FlowCount(String protocol, String inside, String remote, long outbound, long inbound, long asRecorded) {

    /**
     * A flow without packets.
     *
     * @param protocol the name of the protocol
     * @param inside the inside endpoint
     * @param remote the remote endpoint
     * @return the flow
     */
    public static FlowCount of(String protocol, String inside, String remote) {
        return new FlowCount(protocol, inside, remote, 0, 0, 0);
    }

    /**
     * The flow with one packet more.
     *
     * @param direction which way the packet went
     * @param recorded 1 if it came out as recorded, else 0
     * @return a new count
     */
    public FlowCount plus(Direction direction, int recorded) {
        int out = direction == Direction.OUTBOUND ? 1 : 0;
        return new FlowCount(protocol, inside, remote, outbound + out, inbound + 1 - out, asRecorded + recorded);
    }
}
