package io.github.culvert.gateway.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One direction of a control connection: its segments in the order of their sequence numbers, and the Call IDs in them. */
final class ControlStream {
    /** How many Call IDs are remembered, for segments that are sent again. */
    private static final int MOST_FIELDS = 1024;
    /** How many segments may wait for one before them. */
    private static final int MOST_WAITING = 64;

    private final int first;
    private final TreeMap<Long, CallField> fields = new TreeMap<>();
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private final MessageReader reader;
    private long next;

    /**
     * A stream.
     *
     * @param first the sequence number of its first byte
     * @param named is given each Call ID when its first byte has come
     * @param messages is given each message and its first 17 bytes
     */
    ControlStream(int first, Consumer<CallField> named, BiConsumer<ControlMessage, byte[]> messages) {
        this.first = first;
        reader = new MessageReader(
                0,
                field -> {
                    keep(field);
                    named.accept(field);
                },
                messages);
    }

    private void keep(CallField field) {
        fields.put(field.position(), field);
        if (fields.size() > MOST_FIELDS) {
            fields.pollFirstEntry();
        }
    }

    int first() {
        return first;
    }

    boolean isLost() {
        return reader.isLost();
    }

    /** Where in the stream a sequence number stands. */
    long position(int sequence) {
        return next + (sequence - (first + (int) next));
    }

    /** Whether all bytes before a place have come. */
    boolean isReadTo(long position) {
        return position <= next;
    }

    /** Takes a segment, which may come again, or before those in front of it. */
    void take(long position, byte[] payload) {
        if (position > next) {
            wait(position, payload);
            return;
        }
        read(position, payload);
        while (!waiting.isEmpty() && waiting.firstKey() <= next) {
            Map.Entry<Long, byte[]> segment = waiting.pollFirstEntry();
            read(segment.getKey(), segment.getValue());
        }
    }

    private void wait(long position, byte[] payload) {
        if (waiting.size() < MOST_WAITING) {
            waiting.put(position, payload);
        }
    }

    private void read(long position, byte[] payload) {
        for (int i = (int) Math.min(next - position, payload.length); i < payload.length; i++) {
            reader.take(next, payload[i]);
            next++;
        }
    }

    /**
     * The Call IDs in a part of the stream. What lies behind a gap is read as if a message began there, since programs
     * write one message at a time.
     */
    Collection<CallField> in(long position, byte[] payload) {
        if (position <= next) {
            return fields.subMap(position - 1, position + payload.length).values();
        }
        List<CallField> found = new ArrayList<>();
        MessageReader alone = new MessageReader(position, found::add, (message, head) -> {});
        for (int i = 0; i < payload.length; i++) {
            alone.take(position + i, payload[i]);
        }
        return found;
    }
}
