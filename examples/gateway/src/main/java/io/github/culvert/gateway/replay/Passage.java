package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One packet on its way through the NAT: as recorded, as handed in, and whether it has come out. */
final class Passage {
    private final Recorded recorded;
    private final OutsideView.Seen seen;
    private @Nullable Fragments fragments;
    private @Nullable Joint joint;
    private boolean settled;

    private Passage(Recorded recorded, OutsideView.Seen seen) {
        this.recorded = recorded;
        this.seen = seen;
    }

    /** A packet as it reaches the NAT: from the inside as recorded, from the outside as the far end would send it. */
    static Passage of(Recorded recorded, OutsideView.Seen seen) {
        return new Passage(recorded, seen);
    }

    Recorded recorded() {
        return recorded;
    }

    /** The bytes to hand to the NAT, padding included. */
    byte[] handedIn() {
        return seen.datagram().array();
    }

    /** For an inbound packet, the public endpoint that it was sent to, and how that was known. */
    OutsideView.Seen seen() {
        return seen;
    }

    /** Whether these are the bytes that went in, but for padding. */
    boolean wentInAs(Datagram packet) {
        Datagram in = seen.datagram();
        int length = packet.end() - packet.start();
        return in.end() - in.start() >= length
                && Arrays.equals(
                        in.array(),
                        in.start(),
                        in.start() + length,
                        packet.array(),
                        packet.start(),
                        packet.start() + length);
    }

    /** The fragments of the datagram that this one is a fragment of. */
    Optional<Fragments> fragments() {
        return Optional.ofNullable(fragments);
    }

    void belongsTo(Fragments datagram) {
        fragments = datagram;
    }

    /** What the NAT has cut this packet into, as far as it has come out. */
    Joint joint() {
        Joint known = joint;
        if (known == null) {
            known = new Joint(recorded.datagram());
            joint = known;
        }
        return known;
    }

    Side from() {
        return recorded.direction() == Direction.OUTBOUND ? Side.INSIDE : Side.OUTSIDE;
    }

    /**
     * What to say of its checksum. A recording cannot tell a checksum that hardware would have mended later from one
     * that is wrong, so that one is trusted, and must stay wrong by the same amount.
     */
    ChecksumStatus checksum() {
        return InternetSum.transportIsWrong(recorded.datagram()) ? ChecksumStatus.TRUSTED : ChecksumStatus.VERIFY;
    }

    boolean isSettled() {
        return settled;
    }

    void settle() {
        settled = true;
    }
}
