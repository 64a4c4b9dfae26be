package io.github.culvert.nat.event;

import io.github.culvert.nat.alg.Notice;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import java.util.Optional;

/**
 * Something that happened to the NAT. Every creation has exactly one end with the same key. What tells that something is
 * full or nearly so is sent at most once a second for each cause.
 */
public sealed interface NatEvent {
    /** The number of an event that RFC 8158 has none for. */
    int NO_NUMBER = 0;

    /**
     * The number of the event (RFC 8158 section 4.3, natEvent, information element 230).
     *
     * @return 3 to 18, never the historic 1 and 2; {@link #NO_NUMBER} where the RFC has none
     */
    int natEvent();

    /** Something about a mapping. */
    sealed interface OfMapping extends NatEvent {
        /**
         * The mapping.
         *
         * @return the mapping
         */
        Mapping mapping();
    }

    /** Something about a session with identifiers. */
    sealed interface OfSession extends NatEvent {
        /**
         * The session.
         *
         * @return the session
         */
        Session session();
    }

    /** Something about a session without ports, which is its own mapping. */
    sealed interface OfPortless extends NatEvent {
        /**
         * The session.
         *
         * @return the session
         */
        PortlessSession session();
    }

    /**
     * A mapping came to be (natEvent 8).
     *
     * @param mapping the mapping
     */
    record MappingCreated(Mapping mapping) implements OfMapping {
        @Override
        public int natEvent() {
            return 8;
        }
    }

    /**
     * A mapping ended (natEvent 9).
     *
     * @param mapping the mapping, with 0 sessions
     */
    record MappingRemoved(Mapping mapping) implements OfMapping {
        @Override
        public int natEvent() {
            return 9;
        }
    }

    /**
     * A session came to be (natEvent 4).
     *
     * @param session the session, before its first packet was counted
     */
    record SessionCreated(Session session) implements OfSession {
        @Override
        public int natEvent() {
            return 4;
        }
    }

    /**
     * A session ended (natEvent 5).
     *
     * @param session the session with its last counts
     */
    record SessionClosed(Session session) implements OfSession {
        @Override
        public int natEvent() {
            return 5;
        }
    }

    /**
     * A public address became that of an inside host, for what it opens from now on (natEvent 14). Comes with the first
     * mapping of the host, and when the host gets another address.
     *
     * @param inside the inside host
     * @param outside the public address
     */
    record AddressBound(Ipv4Address inside, Ipv4Address outside) implements NatEvent {
        @Override
        public int natEvent() {
            return 14;
        }
    }

    /**
     * A public address is no longer that of an inside host (natEvent 15).
     *
     * @param inside the inside host
     * @param outside the public address
     */
    record AddressReleased(Ipv4Address inside, Ipv4Address outside) implements NatEvent {
        @Override
        public int natEvent() {
            return 15;
        }
    }

    /**
     * An inside host goes over to another public address, since its own has no identifier left; what it has there stays
     * (RFC 7857 section 4).
     *
     * @param inside the inside host
     * @param outside its public address so far
     * @param next its public address from now on
     */
    record PairingBroken(Ipv4Address inside, Ipv4Address outside, Ipv4Address next) implements NatEvent {
        @Override
        public int natEvent() {
            return NO_NUMBER;
        }
    }

    /**
     * An inside host got a block of ports, in all protocols (natEvent 16).
     *
     * @param inside the inside host
     * @param block the ports
     */
    record BlockAllocated(Ipv4Address inside, PortRange block) implements NatEvent {
        @Override
        public int natEvent() {
            return 16;
        }
    }

    /**
     * Nothing in a block of ports is used any more (natEvent 17).
     *
     * @param inside the inside host that had it
     * @param block the ports
     */
    record BlockFreed(Ipv4Address inside, PortRange block) implements NatEvent {
        @Override
        public int natEvent() {
            return 17;
        }
    }

    /**
     * A session without ports came to be (natEvent 4).
     *
     * @param session the session, before its first packet was counted
     */
    record PortlessCreated(PortlessSession session) implements OfPortless {
        @Override
        public int natEvent() {
            return 4;
        }
    }

    /**
     * A session without ports ended (natEvent 5).
     *
     * @param session the session with its last counts
     */
    record PortlessClosed(PortlessSession session) implements OfPortless {
        @Override
        public int natEvent() {
            return 5;
        }
    }

    /**
     * A flow was refused since no public address has a free identifier of its protocol (natEvent 3).
     *
     * @param protocol the protocol
     */
    record AddressesExhausted(Protocol protocol) implements NatEvent {
        @Override
        public int natEvent() {
            return 3;
        }
    }

    /**
     * A flow was refused since the public address of its host has no free identifier that would do (natEvent 12).
     *
     * @param protocol the protocol
     * @param publicAddress the public address
     */
    record IdentifiersExhausted(Protocol protocol, Ipv4Address publicAddress) implements NatEvent {
        @Override
        public int natEvent() {
            return 12;
        }
    }

    /**
     * A flow was refused by a limit that RFC 8158 has a number for (natEvent 13).
     *
     * @param quota which limit
     * @param reason the refusal
     * @param limit the value of the limit
     * @param host the inside host whose flow it was
     */
    record QuotaExceeded(Quota quota, Refusal reason, long limit, Ipv4Address host) implements NatEvent {
        @Override
        public int natEvent() {
            return 13;
        }
    }

    /**
     * Something reached a fill that the configuration names (natEvent 18).
     *
     * @param threshold of what
     * @param value the value that was reached
     * @param host the inside host, where it is about one
     */
    record ThresholdReached(Threshold threshold, long value, Optional<Ipv4Address> host) implements NatEvent {
        @Override
        public int natEvent() {
            return 18;
        }
    }

    /**
     * A flow was refused for want of room, by something that RFC 8158 has no number for, such as a rate.
     *
     * @param reason which limit, of kind {@link io.github.culvert.nat.refusal.RefusalKind#LIMIT}
     * @param host the inside host whose flow it was; the source of a fragment, on whatever side
     */
    record LimitReached(Refusal reason, Ipv4Address host) implements NatEvent {
        @Override
        public int natEvent() {
            return NO_NUMBER;
        }
    }

    /**
     * An ALG reports something. Experimental, as package {@code alg}.
     *
     * @param alg the name of the ALG
     * @param scope what it is about
     * @param notice what it is
     */
    record AlgNotice(String alg, Scope scope, Notice notice) implements NatEvent {
        @Override
        public int natEvent() {
            return NO_NUMBER;
        }
    }

    /** A probe in the index ran too long, so the index takes a new secret and moves to it bit by bit. */
    record IndexRekeyed() implements NatEvent {
        @Override
        public int natEvent() {
            return NO_NUMBER;
        }
    }
}
