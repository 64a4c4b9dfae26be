package io.github.culvert.nat.flow;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.HeaderCheck;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;

/**
 * The packet that an ICMP error quotes (RFC 792, RFC 4884). It travelled against the direction of the error, and is
 * quoted as it was on the side that the error comes from. Used again for one error after another. Not safe for use by
 * several threads.
 *
 * <p>Its <em>near</em> end is that of the inside host: its source if it went out, its destination if it went in.
 */
final class Quote extends HeaderWords {
    private static final int BAD_QUOTED_PACKET = Verdict.refused(Refusal.BAD_QUOTED_PACKET);
    private static final int BAD_INNER_IP_CHECKSUM = Verdict.refused(Refusal.BAD_INNER_IP_CHECKSUM);

    private final HeaderCheck check = new HeaderCheck();
    private final Demuxes demuxes;
    private int direction;
    private int near;
    private int far;
    private int nearId;
    private int farId;
    /** That of the receiver, where that is all that the packet has; or {@link Demux#NONE}. */
    private long identifier;

    Quote(Demuxes demuxes) {
        super(new PacketWindow());
        this.demuxes = demuxes;
    }

    /** Reads what an error quotes that travels in a direction; gives 0 or a refusal. */
    int read(Header error, int errorDirection) {
        int at = error.transport + IcmpLayout.QUOTED;
        int length = error.total - at;
        int said = IcmpLayout.hasQuotedLength(error.flags) ? IcmpLayout.quotedLength(error.row1) : 0;
        window.within(error.window, at, said == 0 ? length : Math.min(said, length));
        if (!check.passesQuoted(window) || !hasPorts()) {
            return BAD_QUOTED_PACKET;
        }
        if (Checksum.fold(window.sum(0, check.headerLength())) != 0xffff) {
            return BAD_INNER_IP_CHECKSUM;
        }
        identifier = Demux.NONE;
        readQuoted();
        if (protocol == NO_IDENTIFIERS && number() != IcmpLayout.PROTOCOL) {
            readIdentifier();
        }
        direction = 1 - errorDirection;
        readEnds();
        return 0;
    }

    /** Nobody may send an error about a later fragment (RFC 1122 section 3.2.2). */
    private boolean hasPorts() {
        int fragment = Ipv4Layout.fragmentBits(window.i64(Ipv4Layout.WORD0));
        return window.length() >= check.headerLength() + IcmpLayout.HEADER && !Ipv4Layout.isLaterFragment(fragment);
    }

    private void readIdentifier() {
        int total = Ipv4Layout.totalLength(window.i64(Ipv4Layout.WORD0));
        identifier = demuxes.identifier(number(), window, transport, Math.min(total, window.length()) - transport);
        protocol = isBound() ? number() : protocol;
    }

    /** Reads the words again that a translation has written. */
    void readAgain() {
        readQuoted();
        protocol = isBound() ? number() : protocol;
    }

    private void readEnds() {
        boolean out = direction == Verdict.OUTBOUND;
        near = out ? source() : Ipv4Layout.destination(word2);
        far = out ? Ipv4Layout.destination(word2) : source();
        if (number() == IcmpLayout.PROTOCOL) {
            nearId = IcmpLayout.identifier(row1);
            farId = 0;
        } else {
            int ports = protocol == NO_IDENTIFIERS || isBound() ? 0 : Integer.rotateLeft((int) word2, direction << 4);
            nearId = ports >>> 16;
            farId = ports & 0xffff;
        }
    }

    /**
     * Looks at the same packet before it turned round at a public address (RFC 4787 REQ-9): then it was on its way out,
     * to the public endpoint of the inside host that received it.
     */
    void turn(int publicAddress, int outsideId) {
        direction = Verdict.OUTBOUND;
        near = far;
        far = publicAddress;
        boolean query = number() == IcmpLayout.PROTOCOL;
        nearId = query ? outsideId : farId;
        farId = query ? 0 : outsideId;
    }

    /** Takes the identifier, if that is all it has, that its receiver has on the other side. */
    void rename(int idChange) {
        identifier = isBound() ? identifier ^ idChange : identifier;
    }

    /** Whether it has no ports, and an identifier by which it is found. */
    boolean isBound() {
        return identifier != Demux.NONE;
    }

    /** The identifier of its receiver, if it {@link #isBound}. */
    long identifier() {
        return identifier;
    }

    /** Which way it travelled. */
    int direction() {
        return direction;
    }

    int source() {
        return Ipv4Layout.source(word1);
    }

    /** The number of its protocol. */
    int number() {
        return Ipv4Layout.protocol(word1);
    }

    /** The type, if it is an ICMP message. */
    int type() {
        return IcmpLayout.type((int) word2);
    }

    /** The sequence number, if it is a TCP segment. */
    int sequence() {
        return row1;
    }

    /** The address of the near end. */
    int near() {
        return near;
    }

    /** The address of the far end. */
    int far() {
        return far;
    }

    /** The identifier of the near end; 0 where the protocol has none. */
    int nearId() {
        return nearId;
    }

    /** The first half of the session's key, if the inside address is known to be this. */
    long parties(int insideAddress) {
        return (long) insideAddress << 32 | far & 0xffff_ffffL;
    }

    /** The second half of the session's key, if the inside identifier is known to be this. */
    long ids(int insideId) {
        return (long) insideId << Record.INSIDE_ID_SHIFT
                | (long) number() << Record.PROTOCOL_SHIFT
                | (long) farId << Record.REMOTE_ID_SHIFT;
    }

    /** Forgets the packet, so that its memory can be collected. */
    void close() {
        window.close();
    }
}
