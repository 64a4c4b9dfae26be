package io.github.culvert.nat.flow;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.IcmpLayout;
import java.nio.ByteBuffer;

/**
 * A packet from the inside to a public address turns round (RFC 4787 REQ-9): it is translated as if it went outside,
 * and then as if it came from there, under the same filter and within the same limits as what really does. One pass:
 * what has come in again is delivered, whoever it is for, so that nothing can go in circles.
 *
 * <p>The first session stays even if the packet is refused on its way in, as it would outside: so two inside hosts can
 * open their filters to each other. The packet takes one hop in all, and is counted in both sessions. Nothing is written
 * before both sessions are sure, so that a refused packet is as it was. Not safe for use by several threads.
 */
final class Hairpin {
    private static final int RESERVED = Verdict.host(HostTraffic.RESERVED);
    private static final int OWN = Verdict.host(HostTraffic.OWN);

    private static final byte[] UNTOUCHED = new byte[0];

    private final FlowTable table;
    private final Translator translator;
    private final Admission admission;
    private final Hit hit;
    private final EchoTurn echo;

    private long word1;
    private int row1;

    Hairpin(FlowTable table, Translator translator, Admission admission, Hit hit) {
        this.table = table;
        this.translator = translator;
        this.admission = admission;
        this.hit = hit;
        this.echo = new EchoTurn(table);
    }

    /** The verdict about a packet to a public address, from either side, that can be told without a session, or 0. */
    int judge(Header header) {
        int owner = owner(header);
        if (FlowTable.isReserved(owner) && !EchoTurn.isAnswer(header)) {
            return RESERVED;
        }
        return owner > 0 && isOwn(owner) ? 0 : hit.fits(header, Verdict.INBOUND);
    }

    private int owner(Header header) {
        header.publicIndex = table.publicIndex(header.destination());
        return table.owner(header.publicIndex, header.protocol, header.destinationId());
    }

    private boolean isOwn(int ref) {
        return (Record.place(table.chunk(ref), FlowTable.at(ref)) & Record.OWN) != 0;
    }

    /** Translates a packet whose first session is there; gives a verdict. */
    int turn(Header header, int session, ChecksumStatus checksum, long tick) {
        table.at(tick);
        int early = judge(header);
        if (early != 0) {
            return early;
        }
        byte[] before = hit.isFollowed(session) ? header.window.start(header.total) : UNTOUCHED;
        int hindrance = hit.inspect(header, session, Verdict.OUTBOUND, checksum, tick);
        if (hindrance != 0) {
            return hindrance;
        }
        int effect = hit.follow(header, session, Verdict.OUTBOUND, checksum, tick);
        word1 = header.word1;
        row1 = header.row1;
        int id = asSeenOutside(header, session);
        int second = second(header, session, checksum, tick);
        header.word1 = word1;
        header.row1 = row1;
        if (second > 0) {
            hindrance = hit.inspect(header, second, Verdict.INBOUND, checksum, tick);
        }
        if (second < 0 || hindrance != 0) {
            undo(header, before);
            hit.end(session, effect);
            return second < 0 ? second : hindrance;
        }
        int secondEffect = hit.follow(header, second, Verdict.INBOUND, checksum, tick);
        int hops = isOwn(second) ? 0 : hit.hop();
        if (header.protocol == IcmpLayout.PROTOCOL) {
            hit.rewriteSource(header, session, id, checksum, hops);
        } else {
            hit.rewrite(header, session, Verdict.OUTBOUND, checksum, hops);
        }
        header.readAgain();
        hit.rewrite(header, second, Verdict.INBOUND, checksum, 0);
        // whoever cuts the packet asks whether its source was translated
        header.word1 = word1;
        int verdict = isOwn(second) ? OWN : Verdict.INBOUND;
        hit.end(session, effect);
        hit.end(second, secondEffect);
        return verdict;
    }

    /** A refused packet is as it was, also if an ALG has edited it on its way out. */
    private static void undo(Header header, byte[] before) {
        for (int i = 0; i < before.length; i++) {
            header.window.put8(i, before[i]);
        }
    }

    /** Gives a header the source that a packet of a session has outside, and gives its identifier. */
    private int asSeenOutside(Header header, int session) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        boolean icmp = header.protocol == IcmpLayout.PROTOCOL;
        int id = icmp ? echo.identifier(header, session) : Record.outsideId(Record.ids(chunk, at));
        header.comesFrom(table.publicAddress(Record.publicIndex(Record.place(chunk, at))), id);
        return id;
    }

    /** The session that a packet comes in by, which is opened if need be; or a verdict. */
    private int second(Header header, int first, ChecksumStatus checksum, long tick) {
        int owner = owner(header);
        if (FlowTable.isReserved(owner)) {
            return RESERVED;
        }
        boolean asks = echo.asksBySharedAddress(header);
        if (asks && echo.isSameEndpoint(owner, first)) {
            return EchoTurn.NO_MAPPING;
        }
        int session = translator.inbound(header, owner);
        if (session != 0 && (asks || translator.isFlow(header, session, Verdict.INBOUND))) {
            if (table.age(session, tick)) {
                return asks ? echo.asked(header, session, first, checksum) : session;
            }
            table.close(session);
        }
        table.settle(tick);
        session = asks
                ? admission.openForEcho(header, checksum)
                : admission.open(header, Verdict.INBOUND, checksum, tick);
        return asks && session > 0 ? echo.asked(header, session, first, checksum) : session;
    }
}
