package io.github.culvert.pptp;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.pptp.PptpMessage.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** A Call ID that names a call which should be there. */
record NamedField(Calls calls, PptpMessage message, Direction direction, List<Reading> readings) implements IdField {
    /** A call that a field may mean. */
    record Match(Call call, Reading reading) {}

    /**
     * The best guess while the second byte is not there: outside Call IDs are chosen so that the high byte of one side
     * tells that of the other ({@link CallIds}).
     */
    @Override
    public int high(int high, Turn turn) {
        return match(spelt -> spelt >>> 8 == high).map(this::translated).orElse(high << 8) >>> 8;
    }

    @Override
    public int whole(int id, Turn turn) {
        return named(id).map(this::translated).orElse(id);
    }

    /** The call that is meant. */
    Optional<Match> named(int id) {
        return match(spelt -> spelt == id);
    }

    private int translated(Match match) {
        return match.call().translated(match.reading(), direction);
    }

    private Optional<Match> match(IntPredicate means) {
        Owner inside = message.inside(direction);
        for (Reading reading : readings) {
            Optional<Call> best = calls.best(
                    message,
                    call -> call.role() == inside
                            && call.spelt(reading, direction) != Call.NO_ID
                            && means.test(call.spelt(reading, direction)));
            if (best.isPresent()) {
                return Optional.of(new Match(best.get(), reading));
            }
        }
        return Optional.empty();
    }
}
