package io.github.culvert.pptp;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.pptp.PptpMessage.Owner;

/** One call of a {@link Talk}: what both sides know of it, and whether it should be open. */
final class TalkCall {
    /** How far it is. */
    enum Stage {
        NEW,
        REQUESTED,
        UP,
        CLEARED,
        GONE
    }

    final Owner inside;
    final Direction asking;
    final int insideId;
    final int remoteId;

    /** What the remote side was told as the inside host's Call ID. */
    int outsideId = -1;

    Stage stage = Stage.NEW;

    /** Until when a session should be bound, in seconds; 0 if none should. */
    double openUntil;

    /** When the NAT has forgotten it, since a peer that was asked to end it has said nothing. */
    double forgottenAt = Double.MAX_VALUE;

    TalkCall(Owner inside, Direction asking, int insideId, int remoteId) {
        this.inside = inside;
        this.asking = asking;
        this.insideId = insideId;
        this.remoteId = remoteId;
    }

    /** Whether the PNS asks (types 7 and 8), not the PAC (types 9 and 10). */
    boolean isOutgoing() {
        return (asking == Direction.OUTBOUND) == (inside == Owner.PNS);
    }

    /** Which way the PNS sends. */
    Direction fromPns() {
        return inside == Owner.PNS ? Direction.OUTBOUND : Direction.INBOUND;
    }

    Direction fromPac() {
        return inside == Owner.PNS ? Direction.INBOUND : Direction.OUTBOUND;
    }
}
