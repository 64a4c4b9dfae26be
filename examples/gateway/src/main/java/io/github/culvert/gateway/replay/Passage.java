package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;

/** One packet on its way through the NAT: as recorded, as handed in, and whether it has come out. */
final class Passage {
    private final Recorded recorded;
    private final OutsideView.Seen seen;
    private boolean settled;

    private Passage(Recorded recorded, OutsideView.Seen seen) {
        this.recorded = recorded;
        this.seen = seen;
    }

    /** A packet as it reaches the NAT: from the inside as recorded, from the outside as the far end would send it. */
    static Passage of(Recorded recorded, OutsideView view) {
        return switch (recorded.direction()) {
            case OUTBOUND ->
                new Passage(
                        recorded,
                        new OutsideView.Seen(recorded.copy(), recorded.flow().inside(), OutsideView.Knowledge.LEARNED));
            case INBOUND -> new Passage(recorded, view.beforeNat(recorded));
        };
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
