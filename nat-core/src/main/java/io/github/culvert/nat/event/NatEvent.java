package io.github.culvert.nat.event;

import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;

/** Something that happened to the NAT table. Every creation has exactly one end with the same key. */
public sealed interface NatEvent {
    /**
     * A mapping came to be (RFC 8158 natEvent 8).
     *
     * @param mapping the mapping
     */
    record MappingCreated(Mapping mapping) implements NatEvent {}

    /**
     * A mapping ended (RFC 8158 natEvent 9).
     *
     * @param mapping the mapping, with 0 sessions
     */
    record MappingRemoved(Mapping mapping) implements NatEvent {}

    /**
     * A session came to be (RFC 8158 natEvent 4).
     *
     * @param session the session, before its first packet was counted
     */
    record SessionCreated(Session session) implements NatEvent {}

    /**
     * A session ended (RFC 8158 natEvent 5).
     *
     * @param session the session with its last counts
     */
    record SessionClosed(Session session) implements NatEvent {}

    /**
     * A public address became that of an inside host, for what it opens from now on (RFC 8158 natEvent 14). Comes with the
     * first mapping of the host, and when the host gets another address.
     *
     * @param inside the inside host
     * @param outside the public address
     */
    record AddressBound(Ipv4Address inside, Ipv4Address outside) implements NatEvent {}

    /**
     * A public address is no longer that of an inside host (RFC 8158 natEvent 15).
     *
     * @param inside the inside host
     * @param outside the public address
     */
    record AddressReleased(Ipv4Address inside, Ipv4Address outside) implements NatEvent {}

    /**
     * An inside host goes over to another public address, since its own has no identifier left; what it has there stays
     * (RFC 7857 section 4).
     *
     * @param inside the inside host
     * @param outside its public address so far
     * @param next its public address from now on
     */
    record PairingBroken(Ipv4Address inside, Ipv4Address outside, Ipv4Address next) implements NatEvent {}

    /**
     * An inside host got a block of ports, in all protocols (RFC 8158 natEvent 16).
     *
     * @param inside the inside host
     * @param block the ports
     */
    record BlockAllocated(Ipv4Address inside, PortRange block) implements NatEvent {}

    /**
     * Nothing in a block of ports is used any more (RFC 8158 natEvent 17).
     *
     * @param inside the inside host that had it
     * @param block the ports
     */
    record BlockFreed(Ipv4Address inside, PortRange block) implements NatEvent {}

    /**
     * A flow was refused for want of room. Sent at most once a second for each reason.
     *
     * @param reason which limit, of kind {@link io.github.culvert.nat.refusal.RefusalKind#LIMIT}
     * @param host the inside host whose flow it was; the source of a fragment, on whatever side
     */
    record LimitReached(Refusal reason, Ipv4Address host) implements NatEvent {}

    /** A probe in the index ran too long, so the index takes a new secret and moves to it bit by bit. */
    record IndexRekeyed() implements NatEvent {}
}
