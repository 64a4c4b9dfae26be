package io.github.culvert.gateway.replay;

import org.jspecify.annotations.Nullable;

/** A Call ID at its place in a control stream: as it was recorded, and what stood there on the outside. */
final class CallField {
    private static final int UNKNOWN = -1;

    private final ControlMessage message;
    private final ControlMessage.Role owner;
    private final long position;
    private final int[] recorded = {UNKNOWN, UNKNOWN};
    private final int[] outside = {UNKNOWN, UNKNOWN};
    private @Nullable Call call;

    CallField(ControlMessage message, ControlMessage.Role owner, long position) {
        this.message = message;
        this.owner = owner;
        this.position = position;
    }

    ControlMessage message() {
        return message;
    }

    ControlMessage.Role owner() {
        return owner;
    }

    long position() {
        return position;
    }

    /** Whether the side that owns the Call ID is the one that sends the message. */
    boolean isOfSender() {
        return message.sender().filter(owner::equals).isPresent();
    }

    void record(int half, int value) {
        recorded[half] = value;
    }

    boolean isWhole() {
        return recorded[0] != UNKNOWN && recorded[1] != UNKNOWN;
    }

    /** The Call ID, once it is whole; till then only its upper half is right. */
    int value() {
        return recorded[0] << 8 | Math.max(0, recorded[1]);
    }

    /** The call that it names, as far as that is known. */
    @Nullable
    Call call() {
        return call;
    }

    void isOf(Call named) {
        call = named;
    }

    /** What left in one half of it; what left once must leave again whenever that is sent again. */
    void leaves(int half, int value) {
        outside[half] = value;
    }

    boolean hasLeft(int half) {
        return outside[half] != UNKNOWN;
    }

    int outside(int half) {
        return outside[half];
    }
}
