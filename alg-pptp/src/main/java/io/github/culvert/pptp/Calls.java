package io.github.culvert.pptp;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.pptp.Call.Claim;
import io.github.culvert.pptp.Call.Phase;
import io.github.culvert.pptp.PptpMessage.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The calls of one control connection, the oldest first. */
final class Calls {
    /** How many calls there may be that bind nothing: a bound on memory, above what any real peer needs. */
    static final int MOST_UNBOUND = 64;

    private final List<Call> all = new ArrayList<>();
    private int keys;

    /** A key that no call has. */
    int newKey() {
        return ++keys;
    }

    /** The key that was given last. */
    int lastKey() {
        return keys;
    }

    void lastKey(int key) {
        keys = key;
    }

    void add(Call call) {
        all.add(call);
    }

    void remove(Call call) {
        all.remove(call);
    }

    List<Call> all() {
        return List.copyOf(all);
    }

    Optional<Call> first(Predicate<Call> wanted) {
        return all.stream().filter(wanted).findFirst();
    }

    int count(Predicate<Call> wanted) {
        return (int) all.stream().filter(wanted).count();
    }

    /** How many sessions are bound. */
    int bound() {
        return count(call -> call.claim() == Claim.BOUND);
    }

    /** The one that has to go, if there are too many that bind nothing. */
    Optional<Call> surplus() {
        Predicate<Call> unbound = call -> call.claim() != Claim.BOUND;
        return count(unbound) > MOST_UNBOUND ? first(unbound) : Optional.empty();
    }

    /** A request of the remote side that the inside host has not answered. */
    Optional<Call> asked(Owner role, int remoteId) {
        return first(call -> isAsked(call, role) && call.remoteId() == remoteId);
    }

    boolean hasAsked(Owner role) {
        return first(call -> isAsked(call, role)).isPresent();
    }

    private static boolean isAsked(Call call, Owner role) {
        return call.phase() == Phase.ASKED && call.role() == role;
    }

    boolean uses(int outsideId) {
        return first(call -> call.outsideId() == outsideId).isPresent();
    }

    /**
     * The call that a message means, of several that fit: for a reply the oldest that waits for one, else the newest that
     * goes on.
     */
    Optional<Call> best(PptpMessage message, Predicate<Call> fits) {
        Optional<Call> best = Optional.empty();
        for (Call call : all) {
            if (fits.test(call) && (best.isEmpty() || isBetter(message, call, best.get()))) {
                best = Optional.of(call);
            }
        }
        return best;
    }

    private static boolean isBetter(PptpMessage message, Call call, Call older) {
        int rank = rank(message, call);
        int olderRank = rank(message, older);
        return rank > olderRank || rank == olderRank && !message.answersForCall();
    }

    private static int rank(PptpMessage message, Call call) {
        int awaited = message.answersForCall() && call.isUnanswered() ? 4 : 0;
        int goesOn = call.phase() != Phase.ENDING ? 2 : 0;
        return awaited + goesOn + (call.claim() == Claim.BOUND ? 1 : 0);
    }

    /** A low byte, the given one if it may be, with which a high byte names no call to the receiver of a message. */
    int harmless(int high, int low, Direction direction) {
        int candidate = low;
        while (names(high << 8 | candidate, direction)) {
            candidate = candidate + 1 & 0xff;
            if (candidate == low) {
                break;
            }
        }
        return candidate;
    }

    private boolean names(int id, Direction direction) {
        return first(call -> id == call.remoteId()
                        || id == (direction == Direction.OUTBOUND ? call.outsideId() : call.insideId()))
                .isPresent();
    }
}
