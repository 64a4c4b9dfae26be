package io.github.culvert.nat.flow;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.table.BoundSessions;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.table.Role;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.UdpLayout;
import java.nio.ByteBuffer;

/**
 * What comes in to a UDP port that several inside hosts share: an identifier in the payload, which the control channel of
 * one of them has bound, leads to the session of that channel. Not safe for use by several threads.
 */
final class SharedFlows {
    private final FlowTable table;
    private final BoundSessions bound;
    private final Channels channels;
    private final Hit hit;

    SharedFlows(FlowTable table, Channels channels, Hit hit) {
        this.table = table;
        this.bound = table.bound();
        this.channels = channels;
        this.hit = hit;
    }

    /** Whether a packet that comes in is for a port that is shared. */
    boolean has(Header header) {
        return header.protocol == UdpLayout.PROTOCOL
                && FlowTable.isShared(table.owner(header.publicIndex, header.protocol, header.destinationId()));
    }

    /** Translates such a packet, or refuses it in silence; gives a verdict. */
    int receive(Header header, ChecksumStatus checksum, long tick) {
        int binding = binding(header);
        int session = binding == 0 ? 0 : channels.sessionOf(binding);
        if (session == 0 || !isLive(binding, tick) || !isLive(session, tick) || !isOf(session, header)) {
            return BoundFlows.NO_BINDING;
        }
        // before the ALG reads it, which may end it
        bound.refresh(binding);
        return hit.applyRare(header, session, Verdict.INBOUND, checksum, tick);
    }

    private int binding(Header header) {
        int length = UdpLayout.length(header.row1);
        long id = channels.shared().identifier(header.destinationId(), header.window, header.transport, length);
        return id == Demux.NONE
                ? 0
                : bound.find(Role.IN, header.destination(), header.source(), header.protocol, (int) id);
    }

    private boolean isLive(int session, long tick) {
        boolean live = table.age(session, tick);
        if (!live) {
            table.close(session);
        }
        return live;
    }

    /** Whether a session is between the endpoints of a packet. */
    private boolean isOf(int session, Header header) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        long ids = Record.ids(chunk, at);
        return header.isFrom(Record.parties(chunk, at), ids) && Record.outsideId(ids) == header.destinationId();
    }
}
