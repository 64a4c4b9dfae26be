package io.github.culvert.nat.flow;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.refusal.RefusalKind;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import java.nio.ByteBuffer;

/**
 * What the machine that the NAT runs on sends itself from a public address that it shares with the inside hosts. It is
 * the inside host of that very address: its identifiers are tracked so that no inside host gets them while they live,
 * and stay as they are unless an inside host has them already. It has no share that it could use up, and its packets
 * take no hop.
 *
 * <p>All else that it sends passes as it is: from and to other addresses, other protocols, fragments, errors, answers to
 * what came to reserved identifiers, and what opens no session. Not safe for use by several threads.
 */
final class OwnTraffic {
    private static final int OWN = Verdict.host(HostTraffic.OWN);

    private final FlowTable table;
    private final Addresses addresses;
    private final Admission admission;
    private final UnsolicitedSyns syns;
    private final Hairpin hairpin;
    private final IcmpTypes types;
    private final Hit hit;

    OwnTraffic(
            FlowTable table,
            Addresses addresses,
            Admission admission,
            UnsolicitedSyns syns,
            Hairpin hairpin,
            IcmpTypes types,
            Hit hit) {
        this.types = types;
        this.table = table;
        this.addresses = addresses;
        this.admission = admission;
        this.syns = syns;
        this.hairpin = hairpin;
        this.hit = hit;
    }

    /** What to do with what was read: 0, or a verdict below 0 for what is malformed. */
    int read(Header header, int verdict) {
        if (verdict == Header.READ) {
            return Header.READ;
        }
        if (Verdict.isRefused(verdict) && Verdict.refusal(verdict).kind() == RefusalKind.MALFORMED) {
            return verdict;
        }
        header.kind = Header.FOREIGN;
        header.total = header.window.length();
        return Header.READ;
    }

    /** A packet of the host, read; gives a verdict. */
    int finish(Header header, ChecksumStatus checksum, long tick) {
        if (header.kind == Header.FOREIGN) {
            return Verdict.OUTBOUND;
        }
        if (addresses.isInside(header.destination())) {
            return Verdict.INBOUND;
        }
        if (!takesPart(header)) {
            return Verdict.OUTBOUND;
        }
        int verdict = table.publicIndex(header.destination()) < 0 ? 0 : hairpin.judge(header);
        return verdict == 0 ? translated(header, checksum, tick) : verdict;
    }

    private boolean takesPart(Header header) {
        int publicIndex = table.publicIndex(header.source());
        if (header.kind != Header.FLOW || publicIndex < 0 || table.forwardedTo(publicIndex) != 0) {
            return false;
        }
        header.keyOutbound();
        int owner = table.owner(publicIndex, header.protocol, Record.insideId(header.ids));
        return !FlowTable.isReserved(owner) && types.isOfFlow(header, Verdict.OUTBOUND);
    }

    private int translated(Header header, ChecksumStatus checksum, long tick) {
        table.at(tick);
        int session = table.find(header.parties, header.ids);
        if (session != 0 && !table.age(session, tick)) {
            table.close(session);
            session = 0;
        }
        if (session == 0) {
            table.settle(tick);
            session = opened(header, checksum, tick);
        }
        return session < 0 ? withoutSession(session) : sent(header, session, checksum, tick);
    }

    private int opened(Header header, ChecksumStatus checksum, long tick) {
        int session = admission.open(header, Verdict.OUTBOUND, checksum, tick);
        if (session > 0) {
            syns.opened(header, session);
        }
        return session;
    }

    /** Only want of room holds a packet of the host back, since another host may have its identifier. */
    private static int withoutSession(int verdict) {
        Refusal refusal = Verdict.refusal(verdict);
        return refusal.kind() == RefusalKind.LIMIT && refusal != Refusal.MID_STREAM_RATE ? verdict : Verdict.OUTBOUND;
    }

    private int sent(Header header, int session, ChecksumStatus checksum, long tick) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        if ((Record.place(chunk, at) & Record.HAIRPIN) != 0) {
            return hairpin.turn(header, session, checksum, tick);
        }
        int effect = hit.follow(header, session, Verdict.OUTBOUND, checksum, tick);
        rewrite(header, session, Verdict.OUTBOUND, checksum);
        hit.end(session, effect);
        return Verdict.OUTBOUND;
    }

    /** A packet from outside of a session of the host; gives a verdict. */
    int received(Header header, int session, ChecksumStatus checksum, long tick) {
        int effect = hit.follow(header, session, Verdict.INBOUND, checksum, tick);
        rewrite(header, session, Verdict.INBOUND, checksum);
        hit.end(session, effect);
        return OWN;
    }

    /** Mostly there is nothing to change, and the packet stays as it is to the bit. */
    private void rewrite(Header header, int session, int direction, ChecksumStatus checksum) {
        long ids = Record.ids(table.chunk(session), FlowTable.at(session));
        if (Record.insideId(ids) != Record.outsideId(ids)) {
            hit.rewrite(header, session, direction, checksum, 0);
        }
    }
}
