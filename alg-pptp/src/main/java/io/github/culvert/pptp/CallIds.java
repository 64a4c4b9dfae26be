package io.github.culvert.pptp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Chooses outside Call IDs, 1 to 65534, in two steps, as the bytes leave: the high byte is kept if any Call ID under it
 * is free, then the low byte if that one is. What cannot be kept is unpredictable.
 *
 * <p>Within one connection an outside high byte stands for one inside high byte, and the other way round, so that a Call
 * ID whose bytes come apart can be translated byte by byte; only where nothing else is free this is given up.
 */
final class CallIds {
    /** The Call ID that is never bound: for calls that can have no other. */
    static final int SINK = 0xffff;

    private static final int HIGH_BYTES = 256;
    private static final int LOW_BYTES = 256;
    /** After a search of all Call IDs in vain; whoever asks on would have the engine do little else. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Calls calls;
    private long searchFrom = Long.MIN_VALUE;

    CallIds(Calls calls) {
        this.calls = calls;
    }

    /**
     * The first step, with a Call ID to fall back on in the second.
     *
     * @param insideHigh the high byte of the inside Call ID
     * @return a free Call ID with the high byte to send; {@link #SINK} if none is free
     */
    int spare(int insideHigh, Turn turn) {
        RandomGenerator random = turn.context().random();
        int firstLow = random.nextInt(LOW_BYTES);
        int firstHigh = random.nextInt(HIGH_BYTES);
        int id = underHigh(preferred(insideHigh), firstLow, turn);
        if (id == SINK && turn.context().now() >= searchFrom) {
            id = anywhere(insideHigh, firstHigh, firstLow, turn);
            searchFrom = id == SINK ? turn.context().now() + PAUSE.toNanos() : searchFrom;
        }
        return id;
    }

    /** One that is unambiguous, or else the first other one. */
    private int anywhere(int insideHigh, int firstHigh, int firstLow, Turn turn) {
        int ambiguous = SINK;
        for (int i = 0; i < HIGH_BYTES; i++) {
            int high = firstHigh + i & 0xff;
            boolean unambiguous = isUnambiguous(insideHigh, high);
            int id = unambiguous || ambiguous == SINK ? underHigh(high, firstLow, turn) : SINK;
            if (id != SINK && unambiguous) {
                return id;
            }
            ambiguous = id == SINK ? ambiguous : id;
        }
        return ambiguous;
    }

    /**
     * The second step.
     *
     * @param insideId the inside Call ID
     * @param spare what the first step gave, not {@link #SINK}
     * @return a free Call ID with the high byte of the spare one
     */
    int chosen(int insideId, int spare, Turn turn) {
        int kept = spare & 0xff00 | insideId & 0xff;
        return isFree(kept, turn) ? kept : spare;
    }

    /** The high byte that the connection has for an inside high byte, or else that byte itself, or else any. */
    private int preferred(int insideHigh) {
        return calls.first(call -> hasOwnIds(call) && call.insideId() >>> 8 == insideHigh)
                .map(call -> call.outsideId() >>> 8)
                .orElse(isUnambiguous(insideHigh, insideHigh) ? insideHigh : Call.NO_ID);
    }

    private boolean isUnambiguous(int insideHigh, int outsideHigh) {
        return calls.first(call ->
                        hasOwnIds(call) && call.insideId() >>> 8 != insideHigh && call.outsideId() >>> 8 == outsideHigh)
                .isEmpty();
    }

    private static boolean hasOwnIds(Call call) {
        return call.outsideId() != Call.NO_ID && call.outsideId() != SINK;
    }

    private int underHigh(int high, int firstLow, Turn turn) {
        for (int i = 0; i < LOW_BYTES && high != Call.NO_ID; i++) {
            int id = high << 8 | firstLow + i & 0xff;
            if (isFree(id, turn)) {
                return id;
            }
        }
        return SINK;
    }

    private boolean isFree(int id, Turn turn) {
        return id != 0 && id != SINK && turn.isFree(id) && !calls.uses(id);
    }
}
