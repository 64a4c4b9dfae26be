package io.github.culvert.pptp;

import io.github.culvert.nat.mapping.Direction;
import java.util.List;
import java.util.Optional;

/**
 * The control messages of PPTP, each as RFC 2637 sections 2.1 to 2.15 define it: its code, its one valid length, who
 * sends it, and which Call IDs it carries.
 *
 * <p>Every message begins with the same 12 bytes:
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+---------------+---------------+---------------+
 *  |     length of the message     |   1 = control message         |  0
 *  +---------------+---------------+---------------+---------------+
 *  |                 magic cookie, 0x1A2B3C4D                      |  4
 *  +---------------+---------------+---------------+---------------+
 *  |     control message type      |           reserved            |  8
 *  +---------------+---------------+---------------+---------------+
 * </pre>
 *
 * <p>A NAT translates the Call IDs that belong to the side behind it and no others. The names of the fields do not tell
 * whose they are: types 12 and 13 both say "Call ID", and mean the PNS's and the PAC's.
 */
public enum PptpMessage implements PptpMessageType {
    /** Opens a control connection (section 2.1). */
    START_CONTROL_CONNECTION_REQUEST(1, 156, Sender.INITIATOR),
    /** Answers type 1 (section 2.2). */
    START_CONTROL_CONNECTION_REPLY(2, 156, Sender.ANSWERER),
    /** Closes a control connection (section 2.3). */
    STOP_CONTROL_CONNECTION_REQUEST(3, 16, Sender.EITHER),
    /** Answers type 3 (section 2.4). */
    STOP_CONTROL_CONNECTION_REPLY(4, 16, Sender.ANSWERER),
    /** Asks whether the peer is alive (section 2.5); its identifier is no Call ID. */
    ECHO_REQUEST(5, 16, Sender.EITHER),
    /** Answers type 5 (section 2.6). */
    ECHO_REPLY(6, 20, Sender.ANSWERER),
    /** The PNS places a call (section 2.7). */
    OUTGOING_CALL_REQUEST(7, 168, Sender.PNS, Owner.PNS),
    /** Answers type 7 (section 2.8). */
    OUTGOING_CALL_REPLY(8, 32, Sender.PAC, Owner.PAC, Owner.PNS),
    /** The PAC announces a call that came in (section 2.9). */
    INCOMING_CALL_REQUEST(9, 220, Sender.PAC, Owner.PAC),
    /** Answers type 9 (section 2.10). */
    INCOMING_CALL_REPLY(10, 24, Sender.PNS, Owner.PNS, Owner.PAC),
    /** Ends the three-way exchange of types 9 and 10 (section 2.11). */
    INCOMING_CALL_CONNECTED(11, 28, Sender.PAC, Owner.PNS),
    /** The PNS ends a call (section 2.12). */
    CALL_CLEAR_REQUEST(12, 16, Sender.PNS, Owner.PNS),
    /** The PAC says that a call ended (section 2.13). Some peers put the PNS's Call ID here, against the RFC. */
    CALL_DISCONNECT_NOTIFY(13, 148, Sender.PAC, Owner.PAC),
    /** The PAC counts line errors (section 2.14). */
    WAN_ERROR_NOTIFY(14, 40, Sender.PAC, Owner.PNS),
    /** The PNS sets PPP options of the link (section 2.15). */
    SET_LINK_INFO(15, 24, Sender.PNS, Owner.PAC);

    /** The rows in the order of their codes; {@code values()} would copy them for each message. */
    static final List<PptpMessage> TABLE = List.of(values());

    /** Where the first Call ID of a message stands, 2 bytes, big-endian. */
    public static final int FIRST_CALL_ID = 12;

    /** Where the second Call ID of a message stands, 2 bytes, big-endian; its name is always "Peer's Call ID". */
    public static final int SECOND_CALL_ID = 14;

    private final int code;
    private final int length;
    private final Sender sender;
    private final Optional<Owner> first;
    private final Optional<Owner> second;

    PptpMessage(int code, int length, Sender sender) {
        this(code, length, sender, Optional.empty(), Optional.empty());
    }

    PptpMessage(int code, int length, Sender sender, Owner first) {
        this(code, length, sender, Optional.of(first), Optional.empty());
    }

    PptpMessage(int code, int length, Sender sender, Owner first, Owner second) {
        this(code, length, sender, Optional.of(first), Optional.of(second));
    }

    PptpMessage(int code, int length, Sender sender, Optional<Owner> first, Optional<Owner> second) {
        this.code = code;
        this.length = length;
        this.sender = sender;
        this.first = first;
        this.second = second;
    }

    @Override
    public int code() {
        return code;
    }

    /**
     * The one valid length of the message, which its first field repeats.
     *
     * @return bytes, the common header included
     */
    public int length() {
        return length;
    }

    /**
     * Who sends the message.
     *
     * @return the side
     */
    public Sender sender() {
        return sender;
    }

    /**
     * Whose Call ID stands at {@link #FIRST_CALL_ID}.
     *
     * @return the owner, empty if something else stands there
     */
    public Optional<Owner> firstCallId() {
        return first;
    }

    /**
     * Whose Call ID stands at {@link #SECOND_CALL_ID}.
     *
     * @return the owner, empty if something else stands there
     */
    public Optional<Owner> secondCallId() {
        return second;
    }

    /**
     * Which role the inside host has in the call that this message is about.
     *
     * @param direction which way the message goes
     * @throws IllegalStateException if it is about no call
     */
    Owner inside(Direction direction) {
        return switch (sender) {
            case PNS -> direction == Direction.OUTBOUND ? Owner.PNS : Owner.PAC;
            case PAC -> direction == Direction.OUTBOUND ? Owner.PAC : Owner.PNS;
            case INITIATOR, ANSWERER, EITHER -> throw new IllegalStateException(this + " is about no call");
        };
    }

    /** Whether the first Call ID is one that its sender has just chosen: in the requests for a call and their replies. */
    boolean announces() {
        return this == OUTGOING_CALL_REQUEST || this == INCOMING_CALL_REQUEST || answersForCall();
    }

    /** Whether the message answers a request for a call; its result code stands at offset 16. */
    boolean answersForCall() {
        return second.isPresent();
    }

    /** Who sends a message. The roles follow the calls, not who opened the TCP connection. */
    public enum Sender {
        /** The side that opened the control connection. */
        INITIATOR,
        /** The side that got the request which this message answers. */
        ANSWERER,
        /** Either side. */
        EITHER,
        /** The PPTP network server, which places outgoing calls: as a rule the VPN client. */
        PNS,
        /** The PPTP access concentrator, which answers them: as a rule the VPN server. */
        PAC
    }

    /** Who chose a Call ID, and so the side whose NAT translates it. */
    public enum Owner {
        /** The PPTP network server. */
        PNS,
        /** The PPTP access concentrator. */
        PAC
    }
}
