package io.github.culvert.nat.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action.Edit;
import io.github.culvert.nat.wire.PacketWindow;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * A stream beside a trivial one that knows the true position of everything: any segments, any acknowledgments, also such
 * as contradict each other.
 */
final class StreamModelRun {
    private static final int LONGEST = 40;
    private static final int MANY = 3 * ByteStream.MOST_EDITS;

    private record Kept(int original, int value) {}

    private final Choices choices;
    private final ByteStream stream = new ByteStream();
    private final TreeMap<Long, Kept> kept = new TreeMap<>();
    private final Set<Arrival> seen = EnumSet.noneOf(Arrival.class);
    private final int start;
    private long next;
    private long acknowledged;

    StreamModelRun(Choices choices) {
        this.choices = choices;
        start = choices.below(0x10000) << 16 | choices.below(0x10000);
    }

    void run(int steps) {
        assertThat(stream.begin(start - 1)).isTrue();
        int patience = choices.below(3) == 0 ? 20 : 1;
        for (int i = 0; i < steps; i++) {
            switch (choices.below(8)) {
                case 0 -> {
                    if (choices.below(patience) == 0) {
                        acknowledge();
                    }
                }
                case 1 -> begin();
                default -> arrive();
            }
            assertThat(stream.next()).isEqualTo(next);
            assertThat(stream.kept()).isEqualTo(kept.size());
            assertThat(stream.isSettled()).isEqualTo(kept.isEmpty());
        }
    }

    /** What segments were. */
    Set<Arrival> seen() {
        return seen;
    }

    private int sequence(long position) {
        return (int) (start + position);
    }

    /** Mostly near what is next; sometimes at the bounds, or anywhere. */
    private long place() {
        return switch (choices.below(8)) {
            case 0 -> next + choices.below(3) - 1 + ByteStream.WINDOW;
            case 1 -> acknowledged + choices.below(3) - 1 - ByteStream.WINDOW;
            case 2 -> next + choices.below(0x10000) * 0x8000L - 0x4000_0000L;
            case 3, 4 -> next;
            case 5 -> kept.isEmpty() ? next : kept.firstKey();
            default -> next - choices.below(2 * LONGEST) + choices.below(8);
        };
    }

    private byte[] payload() {
        byte[] bytes = new byte[choices.below(LONGEST)];
        int odd = choices.below(3) == 0 ? choices.below(LONGEST) : LONGEST;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i == odd ? 'b' : 'a');
        }
        return bytes;
    }

    private Arrival expected(long from, byte[] payload) {
        long end = from + payload.length;
        if (payload.length == 0) {
            return Arrival.OLD;
        }
        if (from > next + ByteStream.WINDOW || from < acknowledged - ByteStream.WINDOW) {
            return Arrival.ASTRAY;
        }
        if (from > next) {
            return Arrival.EARLY;
        }
        boolean lie = kept.subMap(from, end).entrySet().stream()
                .anyMatch(edit -> edit.getValue().original() != payload[(int) (edit.getKey() - from)]);
        if (lie) {
            return Arrival.INCONSISTENT;
        }
        boolean full = kept.size() >= ByteStream.MOST_EDITS && from > kept.firstKey();
        return end <= next ? Arrival.OLD : full ? Arrival.FULL : Arrival.FRESH;
    }

    private void arrive() {
        long from = place();
        byte[] payload = payload();
        byte[] segment = payload.clone();
        PacketWindow window = new PacketWindow();
        window.open(segment, 0, segment.length);
        Arrival arrival = stream.judge(sequence(from), window, 0, segment.length);
        assertThat(arrival).isEqualTo(expected(from, payload));
        seen.add(arrival);
        if (arrival == Arrival.OLD || arrival == Arrival.FRESH) {
            List<Edit> edits = arrival == Arrival.FRESH ? edits(from, payload) : List.of();
            stream.pass(sequence(from), window, 0, segment.length, edits);
        } else {
            stream.applyTo(sequence(from), window, 0, arrival == Arrival.ASTRAY ? segment.length : 0);
        }
        assertThat(segment).isEqualTo(passed(arrival, from, payload));
        assertThat(kept.size()).isLessThan(MANY);
    }

    private List<Edit> edits(long from, byte[] payload) {
        List<Edit> edits = new ArrayList<>();
        for (long position = next; position < from + payload.length; position++) {
            if (choices.below(3) != 0) {
                int value = 'a' + choices.below(4);
                edits.add(choices.below(2) * edits.size(), new Edit(position, value));
                kept.put(position, new Kept(payload[(int) (position - from)], value));
            }
        }
        return edits;
    }

    private byte[] passed(Arrival arrival, long from, byte[] payload) {
        byte[] passed = payload.clone();
        if (payload.length > 0 && (arrival == Arrival.OLD || arrival == Arrival.FRESH)) {
            next = Math.max(next, from + payload.length);
            kept.subMap(from, from + payload.length)
                    .forEach((position, edit) -> passed[(int) (position - from)] = (byte) edit.value());
        }
        return passed;
    }

    private void acknowledge() {
        long number = choices.below(4) == 0 ? place() : acknowledged + choices.below((int) (next - acknowledged) + 3);
        stream.acknowledged(sequence(number));
        if (number <= next + 1 && number > acknowledged) {
            acknowledged = Math.min(number, next);
            kept.headMap(acknowledged).clear();
        }
    }

    /** The same SYN again is welcome, another one is not once a byte has passed. */
    private void begin() {
        assertThat(stream.begin(start - 1)).isTrue();
        if (next > 0) {
            assertThat(stream.begin(start + choices.below(100))).isFalse();
        }
    }
}
