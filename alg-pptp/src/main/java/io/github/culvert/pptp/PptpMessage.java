package io.github.culvert.pptp;

import java.util.List;

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
    OUTGOING_CALL_REQUEST(7, 168, Sender.PNS, CallId.FIRST_OF_PNS),
    /** Answers type 7 (section 2.8). */
    OUTGOING_CALL_REPLY(8, 32, Sender.PAC, CallId.FIRST_OF_PAC, CallId.SECOND_OF_PNS),
    /** The PAC announces a call that came in (section 2.9). */
    INCOMING_CALL_REQUEST(9, 220, Sender.PAC, CallId.FIRST_OF_PAC),
    /** Answers type 9 (section 2.10). */
    INCOMING_CALL_REPLY(10, 24, Sender.PNS, CallId.FIRST_OF_PNS, CallId.SECOND_OF_PAC),
    /** Ends the three-way exchange of types 9 and 10 (section 2.11). */
    INCOMING_CALL_CONNECTED(11, 28, Sender.PAC, CallId.FIRST_OF_PNS),
    /** The PNS ends a call (section 2.12). */
    CALL_CLEAR_REQUEST(12, 16, Sender.PNS, CallId.FIRST_OF_PNS),
    /** The PAC says that a call ended (section 2.13). Some peers put the PNS's Call ID here, against the RFC. */
    CALL_DISCONNECT_NOTIFY(13, 148, Sender.PAC, CallId.FIRST_OF_PAC),
    /** The PAC counts line errors (section 2.14). */
    WAN_ERROR_NOTIFY(14, 40, Sender.PAC, CallId.FIRST_OF_PNS),
    /** The PNS sets PPP options of the link (section 2.15). */
    SET_LINK_INFO(15, 24, Sender.PNS, CallId.FIRST_OF_PAC);

    /** The rows in the order of their codes; {@code values()} would copy them for each message. */
    static final List<PptpMessage> TABLE = List.of(values());

    private final int code;
    private final int length;
    private final Sender sender;
    private final List<CallId> callIds;

    PptpMessage(int code, int length, Sender sender, CallId... callIds) {
        this.code = code;
        this.length = length;
        this.sender = sender;
        this.callIds = List.of(callIds);
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
     * The Call IDs in the message.
     *
     * @return none, one or two, in the order of their offsets
     */
    public List<CallId> callIds() {
        return callIds;
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

    /** A Call ID in a message: 16 bits, big-endian. */
    public enum CallId {
        /** At offset 12, the PNS's own or, in a message of the PAC, the PNS's as "Peer's Call ID". */
        FIRST_OF_PNS(12, Owner.PNS),
        /** At offset 12, the PAC's own or, in a message of the PNS, the PAC's as "Peer's Call ID". */
        FIRST_OF_PAC(12, Owner.PAC),
        /** At offset 14, the PNS's as "Peer's Call ID". */
        SECOND_OF_PNS(14, Owner.PNS),
        /** At offset 14, the PAC's as "Peer's Call ID". */
        SECOND_OF_PAC(14, Owner.PAC);

        private final int offset;
        private final Owner owner;

        CallId(int offset, Owner owner) {
            this.offset = offset;
            this.owner = owner;
        }

        /**
         * Where it stands.
         *
         * @return bytes from the start of the message
         */
        public int offset() {
            return offset;
        }

        /**
         * Whose it is.
         *
         * @return the side that chose it
         */
        public Owner owner() {
            return owner;
        }
    }
}
