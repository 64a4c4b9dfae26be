package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import java.util.List;
import java.util.function.Function;

/**
 * What two hosts say to each other over a control connection, and what of it arrives behind the NAT. With both hosts
 * inside, what one sends passes two trackers, each with Call IDs of its own.
 */
final class Dialogue {
    final FakeNat nat;
    final Channel channel;
    private Function<Octets, List<Octets>> cut = List::of;

    private Dialogue(FakeNat nat, PptpAlg alg, String inside, Direction opened) {
        this.nat = nat;
        channel = new Channel(nat, alg, inside, opened);
    }

    /** An inside host dials. */
    static Dialogue dialledFromInside() {
        return dialledFromInside(new FakeNat(), PptpAlg.standard(), "192.168.1.10:50000");
    }

    static Dialogue dialledFromInside(FakeNat nat, PptpAlg alg, String inside) {
        return new Dialogue(nat, alg, inside, Direction.OUTBOUND);
    }

    /** An inside host is dialled, by a static forward. */
    static Dialogue dialledFromOutside() {
        return dialledFromOutside(new FakeNat(), PptpAlg.standard(), "192.168.1.12:1723");
    }

    static Dialogue dialledFromOutside(FakeNat nat, PptpAlg alg, String inside) {
        return new Dialogue(nat, alg, inside, Direction.INBOUND);
    }

    /** Has all that follows sent in pieces. */
    Dialogue inPieces(Function<Octets, List<Octets>> pieces) {
        cut = pieces;
        return this;
    }

    /** Both sides start the control connection, the one that dialled first. */
    Dialogue started() {
        Direction opened = channel.scope.opened();
        says(opened, Messages.startRequest()).unchanged();
        says(opened == Direction.OUTBOUND ? Direction.INBOUND : Direction.OUTBOUND, Messages.startReply())
                .unchanged();
        return this;
    }

    /** The inside host sends. */
    Heard inside(Octets... messages) {
        return says(Direction.OUTBOUND, messages);
    }

    /** The remote host sends. */
    Heard remote(Octets... messages) {
        return says(Direction.INBOUND, messages);
    }

    Heard says(Direction direction, Octets... messages) {
        Octets said = Messages.all(messages);
        Octets heard = Octets.empty();
        for (Octets piece : cut.apply(said)) {
            heard = heard.then(channel.pass(direction, piece));
        }
        return new Heard(said, heard);
    }

    /** Lets time pass. */
    Dialogue at(double seconds) {
        nat.at(seconds);
        channel.advance();
        return this;
    }

    /** The time. */
    double seconds() {
        return nat.now() / 1e9;
    }

    Dialogue ends(End end) {
        channel.end(end);
        return this;
    }

    /** The inside Call ID that GRE from the remote host with an outside Call ID gets, or -1 if it does not pass. */
    int greIn(int outsideId) {
        return channel.bound.getOrDefault(outsideId, -1);
    }

    /** Whether GRE of the inside host with a Call ID of the remote host passes. */
    boolean greOut(int remoteId) {
        return channel.learned.containsValue(remoteId);
    }

    List<String> notices() {
        return channel.notices;
    }

    /** Nothing is left: no session, nothing held, no timer. */
    void isOver() {
        assertThat(channel.bound).isEmpty();
        assertThat(channel.held).isEmpty();
        assertThat(channel.timers).isEmpty();
    }

    /** What arrived. */
    record Heard(Octets said, Octets heard) {
        void unchanged() {
            assertThat(heard).isEqualTo(said);
        }

        void as(Octets... expected) {
            assertThat(heard).isEqualTo(Messages.all(expected));
        }

        /** The Call ID at an offset. */
        int id(int offset) {
            return heard.u16(offset);
        }
    }
}
