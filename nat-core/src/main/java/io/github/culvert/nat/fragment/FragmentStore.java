package io.github.culvert.nat.fragment;

import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.Keyed;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Holds fragments until their datagram is complete (RFC 791 section 3.2), in bounded memory. What is held lies in arrays
 * of its own, so that its size is known and nothing can leak.
 *
 * <p>A fragment that contradicts another one dooms its datagram: all that was held of it is refused, and so is all that
 * comes of it within the timeout (RFC 1858, RFC 3128). A copy of a held fragment, byte by byte, changes nothing and is
 * refused alone, since networks do duplicate packets. Where there is no room for a fragment its datagram is doomed too,
 * which frees the room that its other fragments take. Not safe for use by several threads.
 */
public final class FragmentStore {
    private static final int LIMIT = Verdict.refused(Refusal.FRAGMENT_LIMIT);
    private static final int TIMEOUT = Verdict.refused(Refusal.FRAGMENT_TIMEOUT);
    private static final int DUPLICATE = Verdict.refused(Refusal.FRAGMENT_DUPLICATE);
    /** Steps of expiry that a fragment pays for. */
    private static final int STEPS_PER_FRAGMENT = 8;

    private final FragmentPolicy policy;
    private final int timeout;
    private final Outbox outbox;
    private final TimeUp timeUp;
    private final Charges charges;
    private final Waiting waiting;
    private final PacketWindow window = new PacketWindow();
    private @Nullable Datagram complete;
    private int held;

    /** An empty store; the timeout in ticks. */
    public FragmentStore(FragmentPolicy policy, int timeout, RandomGenerator random, Outbox outbox, TimeUp timeUp) {
        this.policy = policy;
        this.timeout = timeout;
        this.outbox = outbox;
        this.timeUp = timeUp;
        int slots = Charges.slots(policy);
        Keyed hash = new Keyed(random, slots);
        this.charges = new Charges(policy, hash, slots);
        this.waiting = new Waiting(hash, slots);
    }

    /** The most fragments that there can be, of bytes of memory. */
    public static int most(FragmentPolicy policy) {
        return policy.bytes() / Charges.PIECE;
    }

    /** Fragments that are held. */
    public int held() {
        return held;
    }

    /** Bytes that are held, with what it costs to hold them. */
    public int bytes() {
        return charges.used();
    }

    /**
     * Takes a fragment; gives {@link Verdict#HELD} or a refusal. After one that completes its datagram, {@link
     * #takeComplete} gives the datagram.
     *
     * @param doom why all fragments of the datagram are to be refused, or 0
     */
    public int arrive(Piece piece, int doom, long tick) {
        advance(tick, STEPS_PER_FRAGMENT);
        Datagram datagram = waiting.find(piece.addresses, piece.mark);
        if (datagram != null && datagram.deadline <= tick) {
            expire(datagram, Integer.MAX_VALUE, tick);
            datagram = null;
        }
        if (datagram != null && datagram.doom != 0) {
            return datagram.doom;
        }
        int flaw = doom == 0 ? piece.flaw() : doom;
        if (flaw == 0 && datagram != null) {
            flaw = datagram.judge(piece);
        }
        if (flaw == 0) {
            return hold(piece, datagram, tick);
        }
        if (flaw != DUPLICATE) {
            doom(datagram == null ? opened(piece, Charges.DATAGRAM, tick) : datagram, flaw, tick);
        }
        return flaw;
    }

    /** The datagram that the last fragment has completed, which is no longer held; or null. */
    public @Nullable Datagram takeComplete() {
        Datagram taken = complete;
        complete = null;
        return taken;
    }

    private int hold(Piece piece, @Nullable Datagram known, long tick) {
        int cost = Charges.PIECE + piece.total;
        Datagram datagram = known == null ? opened(piece, Charges.DATAGRAM + cost, tick) : known;
        if (datagram == null) {
            return LIMIT;
        }
        boolean room = charges.allow(cost, datagram.account, piece.direction());
        if (!room || datagram.count() == policy.piecesPerDatagram()) {
            doom(datagram, LIMIT, tick);
            return LIMIT;
        }
        datagram.add(piece, piece.copy());
        charges.charge(datagram, cost);
        held++;
        if (datagram.isComplete()) {
            remove(datagram);
            complete = datagram;
        }
        return Verdict.HELD;
    }

    /** A datagram without a fragment, if so many bytes are allowed. */
    private @Nullable Datagram opened(Piece piece, int cost, long tick) {
        int direction = piece.direction();
        Account account = charges.find(piece.source(), direction);
        if (!charges.allow(cost, account, direction)) {
            return null;
        }
        Datagram datagram = new Datagram(piece, account == null ? charges.open(piece.source(), direction) : account);
        datagram.deadline = tick + timeout;
        charges.charge(datagram, Charges.DATAGRAM);
        waiting.add(datagram);
        return datagram;
    }

    /** From now on all fragments of a datagram are refused. */
    private void doom(@Nullable Datagram datagram, int why, long tick) {
        if (datagram == null) {
            return;
        }
        datagram.doom = why;
        datagram.deadline = tick + timeout;
        waiting.moveBack(datagram);
        while (datagram.count() > 0) {
            giveBack(datagram, why);
        }
    }

    /** Does what is due by time, at most so many steps; returns how many are left. */
    public int advance(long tick, int budget) {
        int left = budget;
        Datagram due = waiting.oldest();
        while (left > 0 && due != null && due.deadline <= tick) {
            left -= expire(due, left, tick);
            due = waiting.oldest();
        }
        return left;
    }

    /** Gives back fragments of a datagram whose time is up, then forgets it; returns how many steps that took. */
    private int expire(Datagram datagram, int most, long tick) {
        if (datagram.doom == 0) {
            datagram.doom = TIMEOUT;
            tell(datagram, tick);
        }
        int steps = 0;
        while (datagram.count() > 0 && steps < most) {
            giveBack(datagram, TIMEOUT);
            steps++;
        }
        if (datagram.count() == 0) {
            remove(datagram);
        }
        return Math.max(1, steps);
    }

    private void tell(Datagram datagram, long tick) {
        if (policy.timeExceeded() && datagram.hasFirst()) {
            byte[] first = datagram.piece(0);
            window.open(first, 0, first.length);
            timeUp.expired(window, datagram.direction(), tick);
            window.close();
        }
    }

    private void giveBack(Datagram datagram, int why) {
        byte[] piece = datagram.removeLast();
        held--;
        charges.charge(datagram, -(Charges.PIECE + piece.length));
        ByteBuf copy = outbox.allocate(piece.length);
        outbox.put(copy.writeBytes(piece), why);
    }

    private void remove(Datagram datagram) {
        waiting.remove(datagram);
        held -= datagram.count();
        charges.charge(datagram, -datagram.charged);
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    public long nextTick() {
        Datagram due = waiting.oldest();
        return due == null ? Long.MAX_VALUE : due.deadline;
    }

    /** Forgets all that is held. */
    public void clear() {
        for (Datagram due = waiting.oldest(); due != null; due = waiting.oldest()) {
            remove(due);
        }
    }
}
