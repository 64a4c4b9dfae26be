package io.github.culvert.l2tp;

import java.util.List;

/**
 * The control messages of L2TP version 2, each as RFC 2661 sections 3.2 and 6 define it: its code, who sends it, what
 * stands in its header, and which identifiers its AVPs announce.
 *
 * <p>The header of a control message, which always has the bits T, L and S set and O and P clear:
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+---+-+-+-+-+-------+-------+---------------+---------------+
 *  |T|L|x x|S|x|O|P|x x x x|Ver = 2|            length             |  0
 *  +-+-+---+-+-+-+-+-------+-------+---------------+---------------+
 *  |           tunnel ID           |          session ID           |  4
 *  +---------------+---------------+---------------+---------------+
 *  |              Ns               |              Nr               |  8
 *  +---------------+---------------+---------------+---------------+
 * </pre>
 *
 * <p>Identifiers in the header belong to the recipient, identifiers in AVPs to the sender.
 */
public enum L2tpMessage implements L2tpMessageType {
    /** Start-Control-Connection-Request (section 6.1). */
    SCCRQ(1, Sender.EITHER, HeaderId.ZERO, HeaderId.ZERO, Announced.FRESH, Announced.NOTHING),
    /** Start-Control-Connection-Reply (section 6.2). */
    SCCRP(2, Sender.EITHER, HeaderId.RECIPIENTS, HeaderId.ZERO, Announced.FRESH, Announced.NOTHING),
    /** Start-Control-Connection-Connected (section 6.3). */
    SCCCN(3, Sender.EITHER, HeaderId.RECIPIENTS, HeaderId.ZERO, Announced.NOTHING, Announced.NOTHING),
    /** Stop-Control-Connection-Notification (section 6.4). */
    STOP_CCN(4, Sender.EITHER, HeaderId.RECIPIENTS_IF_KNOWN, HeaderId.ZERO, Announced.AGAIN, Announced.NOTHING),
    /** Hello (section 6.5). */
    HELLO(6, Sender.EITHER, HeaderId.RECIPIENTS, HeaderId.ZERO, Announced.NOTHING, Announced.NOTHING),
    /** Outgoing-Call-Request (section 6.9). */
    OCRQ(7, Sender.LNS, HeaderId.RECIPIENTS, HeaderId.ZERO, Announced.NOTHING, Announced.FRESH),
    /** Outgoing-Call-Reply (section 6.10). */
    OCRP(8, Sender.LAC, HeaderId.RECIPIENTS, HeaderId.RECIPIENTS, Announced.NOTHING, Announced.FRESH),
    /** Outgoing-Call-Connected (section 6.11). */
    OCCN(9, Sender.LAC, HeaderId.RECIPIENTS, HeaderId.RECIPIENTS, Announced.NOTHING, Announced.NOTHING),
    /** Incoming-Call-Request (section 6.6). */
    ICRQ(10, Sender.LAC, HeaderId.RECIPIENTS, HeaderId.ZERO, Announced.NOTHING, Announced.FRESH),
    /** Incoming-Call-Reply (section 6.7). */
    ICRP(11, Sender.LNS, HeaderId.RECIPIENTS, HeaderId.RECIPIENTS, Announced.NOTHING, Announced.FRESH),
    /** Incoming-Call-Connected (section 6.8). */
    ICCN(12, Sender.LAC, HeaderId.RECIPIENTS, HeaderId.RECIPIENTS, Announced.NOTHING, Announced.NOTHING),
    /** Call-Disconnect-Notify (section 6.12). */
    CDN(14, Sender.EITHER, HeaderId.RECIPIENTS, HeaderId.RECIPIENTS_IF_KNOWN, Announced.NOTHING, Announced.AGAIN),
    /** WAN-Error-Notify (section 6.13). */
    WEN(15, Sender.LAC, HeaderId.RECIPIENTS, HeaderId.RECIPIENTS, Announced.NOTHING, Announced.NOTHING),
    /** Set-Link-Info (section 6.14). */
    SLI(16, Sender.LNS, HeaderId.RECIPIENTS, HeaderId.RECIPIENTS, Announced.NOTHING, Announced.NOTHING);

    /** The rows in the order of their codes; {@code values()} would copy them for each message. */
    static final List<L2tpMessage> TABLE = List.of(values());

    private final int code;
    private final Sender sender;
    private final HeaderId headerTunnelId;
    private final HeaderId headerSessionId;
    private final Announced tunnelId;
    private final Announced sessionId;

    L2tpMessage(
            int code,
            Sender sender,
            HeaderId headerTunnelId,
            HeaderId headerSessionId,
            Announced tunnelId,
            Announced sessionId) {
        this.code = code;
        this.sender = sender;
        this.headerTunnelId = headerTunnelId;
        this.headerSessionId = headerSessionId;
        this.tunnelId = tunnelId;
        this.sessionId = sessionId;
    }

    @Override
    public int code() {
        return code;
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
     * What stands as tunnel ID in the header.
     *
     * @return never a value of the sender
     */
    public HeaderId headerTunnelId() {
        return headerTunnelId;
    }

    /**
     * What stands as session ID in the header.
     *
     * @return never a value of the sender
     */
    public HeaderId headerSessionId() {
        return headerSessionId;
    }

    /**
     * Whether AVP 9 (Assigned Tunnel ID, section 4.4.3) announces the sender's tunnel ID.
     *
     * @return how
     */
    public Announced tunnelId() {
        return tunnelId;
    }

    /**
     * Whether AVP 14 (Assigned Session ID, section 4.4.4) announces the sender's session ID.
     *
     * @return how
     */
    public Announced sessionId() {
        return sessionId;
    }

    /** Who sends a message. */
    public enum Sender {
        /** The L2TP access concentrator. */
        LAC,
        /** The L2TP network server. */
        LNS,
        /** Either. */
        EITHER
    }

    /** What stands in an identifier field of the header. */
    public enum HeaderId {
        /** Zero: the recipient has announced none yet, or the message is about the whole tunnel. */
        ZERO,
        /** The value that the recipient announced. */
        RECIPIENTS,
        /** The value that the recipient announced, zero if the sender never learned it. */
        RECIPIENTS_IF_KNOWN
    }

    /** How an AVP announces an identifier of the sender. */
    public enum Announced {
        /** The message has no such AVP. */
        NOTHING,
        /** The value that the sender chose. */
        FRESH,
        /** The value that the sender announced before; it tells what ends. */
        AGAIN
    }
}
