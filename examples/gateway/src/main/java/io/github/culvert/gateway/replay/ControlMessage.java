package io.github.culvert.gateway.replay;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control messages of PPTP (RFC 2637 sections 2.1 to 2.15): code, length, who sends it, and whose Call IDs stand at
 * 12 and 14. Written down once more, since what judges the library must not read with its eyes.
 */
enum ControlMessage {
    START_REQUEST(1, 156, null),
    START_REPLY(2, 156, null),
    STOP_REQUEST(3, 16, null),
    STOP_REPLY(4, 16, null),
    ECHO_REQUEST(5, 16, null),
    ECHO_REPLY(6, 20, null),
    OUTGOING_REQUEST(7, 168, Role.PNS, Role.PNS, null),
    OUTGOING_REPLY(8, 32, Role.PAC, Role.PAC, Role.PNS),
    INCOMING_REQUEST(9, 220, Role.PAC, Role.PAC, null),
    INCOMING_REPLY(10, 24, Role.PNS, Role.PNS, Role.PAC),
    INCOMING_CONNECTED(11, 28, Role.PAC, Role.PNS, null),
    CLEAR_REQUEST(12, 16, Role.PNS, Role.PNS, null),
    DISCONNECT_NOTIFY(13, 148, Role.PAC, Role.PAC, null),
    WAN_ERROR(14, 40, Role.PAC, Role.PNS, null),
    SET_LINK_INFO(15, 24, Role.PNS, Role.PAC, null);

    /** The side that a peer is on in a call, whoever dialled. */
    enum Role {
        PNS,
        PAC
    }

    private final int code;
    private final int length;
    private final @Nullable Role sender;
    private final @Nullable Role first;
    private final @Nullable Role second;

    ControlMessage(int code, int length, @Nullable Role either) {
        this(code, length, either, null, null);
    }

    ControlMessage(int code, int length, @Nullable Role sender, @Nullable Role first, @Nullable Role second) {
        this.code = code;
        this.length = length;
        this.sender = sender;
        this.first = first;
        this.second = second;
    }

    static Optional<ControlMessage> of(int code) {
        return Arrays.stream(values()).filter(message -> message.code == code).findFirst();
    }

    int length() {
        return length;
    }

    /** The role of the side that sends it; empty if either may. */
    Optional<Role> sender() {
        return Optional.ofNullable(sender);
    }

    /** Whose Call ID stands at an offset, 12 or 14; empty if none does. */
    Optional<Role> owner(int offset) {
        return switch (offset) {
            case 12 -> Optional.ofNullable(first);
            case 14 -> Optional.ofNullable(second);
            default -> Optional.empty();
        };
    }

    /** Whether its sender names a Call ID of its own for the first time. */
    boolean names() {
        return switch (this) {
            case OUTGOING_REQUEST, OUTGOING_REPLY, INCOMING_REQUEST, INCOMING_REPLY -> true;
            default -> false;
        };
    }

    /** Whether it answers to a call, with a result at 16. */
    boolean answers() {
        return this == OUTGOING_REPLY || this == INCOMING_REPLY;
    }

    /** Whether the call that it names is over, or will be soon. */
    boolean ends() {
        return this == CLEAR_REQUEST || this == DISCONNECT_NOTIFY;
    }

    /** Whether the whole connection is over, or will be soon. */
    boolean endsAll() {
        return this == STOP_REQUEST || this == STOP_REPLY;
    }
}
