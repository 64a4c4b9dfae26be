package io.github.culvert.pptp;

/**
 * The Call ID that the inside host is just announcing, from its first byte until a call has it: what leaves instead of
 * it, and what is held so that nobody else takes it meanwhile.
 */
final class Announcement {
    /** It leaves as it is, since nothing is to be opened. */
    static final int UNTOUCHED = -2;

    private int spare = Call.NO_ID;
    private int chosen = Call.NO_ID;
    private int held = Call.NO_ID;

    /** Whether the first step of the choice was taken. */
    boolean isDecided() {
        return spare != Call.NO_ID;
    }

    /** The first step: a Call ID to fall back on, {@link CallIds#SINK} or {@link #UNTOUCHED}. */
    void decide(int id) {
        spare = id;
    }

    boolean isUntouched() {
        return spare == UNTOUCHED;
    }

    int high(int insideHigh) {
        return isUntouched() ? insideHigh : spare >>> 8;
    }

    /** The second step. */
    int choose(int insideId, CallIds ids, Turn turn) {
        if (isUntouched()) {
            return insideId;
        }
        chosen = spare == CallIds.SINK ? CallIds.SINK : ids.chosen(insideId, spare, turn);
        return chosen;
    }

    int spare() {
        return spare;
    }

    int chosen() {
        return chosen;
    }

    int held() {
        return held;
    }

    void restore(int spareId, int chosenId, int heldId) {
        spare = spareId;
        chosen = chosenId;
        held = heldId;
    }

    /** Holds what is chosen, or may be: others may choose before this goes on. */
    void hold(Turn turn) {
        int wanted = chosen == Call.NO_ID ? spare : chosen;
        if (wanted < 0 || wanted == CallIds.SINK || wanted == held) {
            return;
        }
        releaseOther(wanted, turn);
        turn.hold(wanted);
        held = wanted;
    }

    /** Over without a call. */
    void drop(Turn turn) {
        releaseOther(Call.NO_ID, turn);
        restore(Call.NO_ID, Call.NO_ID, Call.NO_ID);
    }

    /** Over, since a call takes what was chosen, held or not. */
    void handOver(Turn turn) {
        releaseOther(chosen, turn);
        restore(Call.NO_ID, Call.NO_ID, Call.NO_ID);
    }

    private void releaseOther(int kept, Turn turn) {
        if (held != Call.NO_ID && held != kept) {
            turn.release(held);
        }
    }
}
