package io.github.culvert.nat.flow;

import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.IcmpLayout;
import java.nio.ByteBuffer;

/**
 * Which identifier an echo message has between the two translations of a hairpin (RFC 5508 REQ-7). At a public address
 * that one host has alone it is that of the source, as outside.
 *
 * <p>At an address that is shared a request is for the inside host that uses the identifier which it carries, an own
 * rule: one identifier cannot stand for both hosts on the way, so the session of the host that was asked remembers the
 * identifier of the one that asks, for the reply. One host at a time can ask another one so. Not safe for use by several
 * threads.
 */
final class EchoTurn {
    static final int NO_MAPPING = Verdict.refused(Refusal.NO_MAPPING);
    private static final int BAD_ICMP_CHECKSUM = Verdict.refused(Refusal.BAD_ICMP_CHECKSUM);
    private static final int ASKED_BY_ANOTHER = Verdict.refused(Refusal.HAIRPIN);

    private final FlowTable table;

    EchoTurn(FlowTable table) {
        this.table = table;
    }

    /** Whether a packet is a request to a public address that is shared. */
    boolean asksBySharedAddress(Header header) {
        return header.protocol == IcmpLayout.PROTOCOL
                && IcmpLayout.isRequest(header.flags)
                && table.forwardedTo(header.publicIndex) == 0;
    }

    /** Whether a packet is a reply, whose identifier says nothing about who it is for. */
    static boolean isAnswer(Header header) {
        return header.protocol == IcmpLayout.PROTOCOL && !IcmpLayout.isRequest(header.flags);
    }

    /** The identifier that a message of a session has on its way to the other one. */
    int identifier(Header header, int session) {
        if (asksBySharedAddress(header)) {
            return header.row1 >>> 16;
        }
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        return isAnswer(header) && Record.isAsked(chunk, at)
                ? Record.asker(chunk, at)
                : Record.outsideId(Record.ids(chunk, at));
    }

    /** Whether an identifier is nobody's, or the one's who asks. */
    boolean isSameEndpoint(int owner, int asker) {
        if (owner == 0) {
            return true;
        }
        long one = Record.parties(table.chunk(owner), FlowTable.at(owner));
        long other = Record.parties(table.chunk(asker), FlowTable.at(asker));
        long ids = Record.ids(table.chunk(owner), FlowTable.at(owner))
                ^ Record.ids(table.chunk(asker), FlowTable.at(asker));
        return ((one ^ other) & Record.INSIDE_MASK | ids & Record.ENDPOINT_MASK) == 0;
    }

    /** Notes who asks in a session that is asked; gives the session, or a verdict if that may not be. */
    int asked(Header header, int session, int first, ChecksumStatus checksum) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int asker = Record.outsideId(Record.ids(table.chunk(first), FlowTable.at(first)));
        if (Record.isAsked(chunk, at)) {
            return Record.asker(chunk, at) == asker ? session : ASKED_BY_ANOTHER;
        }
        if (!HighWater.isRight(header, checksum)) {
            return BAD_ICMP_CHECKSUM;
        }
        Record.asker(chunk, at, asker);
        Record.place(chunk, at, Record.place(chunk, at) | Record.BOTH_ASK);
        return session;
    }
}
