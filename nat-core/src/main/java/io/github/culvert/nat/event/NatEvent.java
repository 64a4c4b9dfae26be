package io.github.culvert.nat.event;

import io.github.culvert.nat.mapping.Mapping;
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
     * A flow was refused for want of room. Sent at most once a second for each reason.
     *
     * @param reason which limit, of kind {@link io.github.culvert.nat.refusal.RefusalKind#LIMIT}
     * @param host the inside host whose flow it was; the source of a fragment, on whatever side
     */
    record LimitReached(Refusal reason, Ipv4Address host) implements NatEvent {}

    /** A probe in the index ran too long, so the index takes a new secret and moves to it bit by bit. */
    record IndexRekeyed() implements NatEvent {}
}
