package io.github.culvert.gateway.replay;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Cuts one direction of a control connection into messages (RFC 2637 section 1.4), byte by byte. */
final class MessageReader {
    private static final int HEADER = 12;
    /** What is looked at: up to the result of a reply. */
    private static final int HEAD = 17;

    private static final int LONGEST = 1024;
    private static final int COOKIE = 0x1A2B3C4D;

    private final byte[] head = new byte[HEAD];
    private final Consumer<CallField> fields;
    private final BiConsumer<ControlMessage, byte[]> messages;
    private long start;
    private int length;
    private Optional<ControlMessage> message = Optional.empty();
    private Optional<CallField> field = Optional.empty();
    private boolean lost;

    /**
     * A reader.
     *
     * @param start where in the stream the first message begins
     * @param fields is given each Call ID when its first byte has come
     * @param messages is given each message and its first 17 bytes as soon as these have come
     */
    MessageReader(long start, Consumer<CallField> fields, BiConsumer<ControlMessage, byte[]> messages) {
        this.start = start;
        this.fields = fields;
        this.messages = messages;
    }

    /** Whether something came that is no message: nothing is known of what follows. */
    boolean isLost() {
        return lost;
    }

    /** Takes the next byte of the stream. */
    void take(long position, byte value) {
        if (lost) {
            return;
        }
        int at = (int) (position - start);
        if (at < HEAD) {
            head[at] = value;
        }
        if (at == HEADER - 1) {
            header();
        } else if (at >= HEADER) {
            body(at, position, value & 0xff);
        }
    }

    private void header() {
        length = word(0);
        message = word(2) == 1 ? ControlMessage.of(word(8)) : Optional.empty();
        boolean cookie = (word(4) << 16 | word(6)) == COOKIE;
        boolean known = word(2) == 1 || word(2) == 2;
        boolean right = message.map(m -> m.length() == length).orElse(length >= HEADER && length <= LONGEST);
        lost = !cookie || !known || !right;
        end(HEADER);
    }

    private void body(int at, long position, int value) {
        int half = at % 2;
        if (half == 0) {
            field = message.flatMap(m -> m.owner(at).map(owner -> new CallField(m, owner, position)));
            field.ifPresent(fields);
        }
        field.ifPresent(f -> f.record(half, value));
        if (at + 1 == Math.min(HEAD, length)) {
            message.ifPresent(m -> messages.accept(m, head.clone()));
        }
        end(at + 1);
    }

    private void end(int taken) {
        if (!lost && taken == length) {
            start += length;
            message = Optional.empty();
        }
    }

    private int word(int at) {
        return (head[at] & 0xff) << 8 | head[at + 1] & 0xff;
    }
}
