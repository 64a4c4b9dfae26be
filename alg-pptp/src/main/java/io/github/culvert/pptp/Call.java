package io.github.culvert.pptp;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.pptp.PptpMessage.Owner;

/**
 * One call of a control connection: its Call IDs, and how far it is. RFC 2637 section 3.2, as the NAT sees it:
 *
 * <pre>
 *             | reply, good | reply, bad | type 12 | type 13 | its time is up | GRE idle
 *   ----------+-------------+------------+---------+---------+----------------+---------
 *   ASKED     | LIVE        | gone       | gone    | gone    |                |
 *   EXPECTED  | LIVE        | gone       | ENDING  | gone    | UNBOUND        | UNBOUND
 *   LIVE      |             |            | ENDING  | gone    |                | UNBOUND
 *   ENDING    |             | gone       |         | gone    | gone           | gone
 *   UNBOUND   |             | gone       | ENDING  | gone    |                |
 * </pre>
 */
final class Call {
    /** Where there is no Call ID, or none yet. */
    static final int NO_ID = -1;

    /** How far a call is. */
    enum Phase {
        /** The remote side asked for it; the inside host has not answered. */
        ASKED,
        /** The inside host asked for it: its GRE may come even before the reply. */
        EXPECTED,
        /** Both sides agreed. */
        LIVE,
        /** One side has ended it; late GRE still passes. */
        ENDING,
        /** Nothing passes; its Call IDs are still translated in control messages. */
        UNBOUND
    }

    /** What keeps others from using the outside Call ID. */
    enum Claim {
        /** Nothing. */
        NONE,
        /** It is held. */
        HELD,
        /** A session is bound by it. */
        BOUND
    }

    private final int key;
    private final Owner role;
    private final int insideId;
    private final int outsideId;
    private int remoteId;
    private Phase phase;
    private Claim claim = Claim.NONE;

    Call(int key, Owner role, int insideId, int outsideId, int remoteId, Phase phase) {
        this.key = key;
        this.role = role;
        this.insideId = insideId;
        this.outsideId = outsideId;
        this.remoteId = remoteId;
        this.phase = phase;
    }

    /** What tells it from the other calls of its connection, and numbers its timer. */
    int key() {
        return key;
    }

    /** Which role the inside host has. */
    Owner role() {
        return role;
    }

    /** What the inside host calls it, or {@link #NO_ID}. */
    int insideId() {
        return insideId;
    }

    /** What the remote host thinks that the inside host calls it, or {@link #NO_ID}. */
    int outsideId() {
        return outsideId;
    }

    /** What the remote host calls it, or {@link #NO_ID}. */
    int remoteId() {
        return remoteId;
    }

    Phase phase() {
        return phase;
    }

    Claim claim() {
        return claim;
    }

    void learn(int id) {
        remoteId = id;
    }

    void turn(Phase next) {
        phase = next;
    }

    void claim(Claim next) {
        claim = next;
    }

    /** Whether the reply to its request is still to come. */
    boolean isUnanswered() {
        return phase == Phase.EXPECTED || phase == Phase.UNBOUND && remoteId == NO_ID;
    }

    /** Whether its timer is armed. */
    boolean isTimed() {
        return phase == Phase.EXPECTED || phase == Phase.ENDING;
    }

    /** What stands in a message that names this call, or {@link #NO_ID}. */
    int spelt(Reading reading, Direction direction) {
        return spelt(reading, reading.owner() == role ? (outbound(direction) ? insideId : outsideId) : remoteId);
    }

    /** What is to stand there behind the NAT, or {@link #NO_ID}. */
    int translated(Reading reading, Direction direction) {
        return spelt(reading, reading.owner() == role ? (outbound(direction) ? outsideId : insideId) : remoteId);
    }

    private static boolean outbound(Direction direction) {
        return direction == Direction.OUTBOUND;
    }

    private static int spelt(Reading reading, int id) {
        return id == NO_ID ? NO_ID : reading.spelt(id);
    }
}
