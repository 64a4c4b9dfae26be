package io.github.culvert.nat.flow;

import io.github.culvert.nat.mapping.NatConfig;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Rewrite;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.refusal.RefusalKind;
import io.github.culvert.nat.table.ConnectionState;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.TransportSum;
import java.nio.ByteBuffer;

/**
 * What happens to a packet: read, look up, rewrite; the first packet of a flow takes the {@link Admission} in between.
 * In steps, so that a batch can do each step for all its packets. Direction is 0 outbound, 1 inbound, and selects data.
 * Not safe for use by several threads.
 */
public final class Translator {
    private static final int TTL_EXPIRED = Verdict.refused(Refusal.TTL_EXPIRED);
    private static final int TOO_BIG = Verdict.refused(Refusal.TOO_BIG);
    private static final int ESTABLISHED = ConnectionState.ESTABLISHED.ordinal();
    private static final int CONNECTION_FLAGS = TcpLayout.SYN | TcpLayout.FIN | TcpLayout.RST;
    private static final int EXPIRED = Integer.MIN_VALUE;

    private final FlowTable table;
    private final Admission admission;
    private final UnusualHeader unusual;
    private final int leastTtl;
    private final int hop;
    private final int outsideMtu;

    @SuppressWarnings("unused") // written so that the loads before it are not dropped
    private int touched;

    /** A translator for a table. */
    public Translator(FlowTable table, NatConfig config) {
        this.table = table;
        this.admission = new Admission(table, new Addresses(config.insideNetworks()));
        this.unusual = new UnusualHeader(admission, config.sourceRoutes());
        this.leastTtl = config.hop() ? 2 : 0;
        this.hop = config.hop() ? 1 : 0;
        this.outsideMtu = config.outsideMtu();
    }

    /** Reads a packet. Gives 0, or a verdict below 0 that is final. */
    public int read(Header header, int direction) {
        int read = header.read();
        return read == Header.UNUSUAL ? unusual.read(header, direction) : read;
    }

    /**
     * Reads a packet that the host itself sends; it passes as it is. Gives 0, which means outbound, or a verdict below
     * 0 for what is malformed.
     */
    public int readOfHost(Header header) {
        int verdict = read(header, Verdict.OUTBOUND);
        boolean malformed = verdict < 0
                && !Verdict.isHost(verdict)
                && Verdict.refusal(verdict).kind() == RefusalKind.MALFORMED;
        if (malformed) {
            return verdict;
        }
        header.total = verdict == Header.READ ? header.total : header.window.length();
        return Verdict.OUTBOUND;
    }

    /** Starts the memory accesses that {@link #find} will need; for a packet that was read. */
    public void touch(Header header, int direction) {
        if (direction == Verdict.OUTBOUND) {
            header.keyOutbound();
            header.lead = table.hash(header.parties, header.ids);
            touched ^= table.touch(header.lead);
        } else {
            header.lead = owner(header);
        }
    }

    /** Finds the session of a packet that was read, or gives 0. */
    public int find(Header header, int direction) {
        return direction == Verdict.OUTBOUND
                ? table.find(header.outboundParties(), header.outboundIds())
                : inbound(header, owner(header));
    }

    /** The same for a packet that was touched, as long as the table has not changed since. */
    public int findTouched(Header header, int direction) {
        return direction == Verdict.OUTBOUND
                ? table.find(header.lead, header.parties, header.ids)
                : inbound(header, header.lead);
    }

    /** Live sessions. */
    public int sessionCount() {
        return table.sessionCount();
    }

    /** Changes with the table. */
    public long version() {
        return table.version();
    }

    private int owner(Header header) {
        int publicIndex = table.publicIndex(header.destination());
        header.publicIndex = publicIndex;
        return publicIndex < 0 ? 0 : table.owner(publicIndex, header.protocol, header.destinationId());
    }

    private int inbound(Header header, int owner) {
        if (owner <= 0) {
            return 0;
        }
        ByteBuffer chunk = table.chunk(owner);
        int at = FlowTable.at(owner);
        long parties = Record.parties(chunk, at);
        long ids = Record.ids(chunk, at);
        if ((ids & Record.KIND_MASK) == Record.SESSION) {
            return header.isFrom(parties, ids) ? owner : 0;
        }
        header.keyInbound(parties, ids);
        return table.find(header.parties, header.ids);
    }

    /** Translates a packet that was read and whose session was found, or is 0. */
    public int finish(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        if (session != 0 && isFlow(header, direction)) {
            int verdict = hit(header, session, direction, checksum, tick);
            if (verdict != EXPIRED) {
                return verdict;
            }
            table.close(session);
        }
        return miss(header, direction, checksum, tick);
    }

    /** Whether a message is one of those that pass in its direction: for ICMP requests out, replies in. */
    private static boolean isFlow(Header header, int direction) {
        int echo = direction == Verdict.OUTBOUND ? IcmpLayout.ECHO_REQUEST : IcmpLayout.ECHO_REPLY;
        return header.protocol != IcmpLayout.PROTOCOL || header.flags == echo;
    }

    private int miss(Header header, int direction, ChecksumStatus checksum, long tick) {
        table.settle(tick);
        int verdict = admission.judge(header, direction);
        if (verdict != Addresses.FINE) {
            return verdict;
        }
        int oversize = fits(header, direction);
        if (oversize != 0) {
            return oversize;
        }
        int session = admission.open(header, direction, checksum);
        if (session < 0) {
            return session;
        }
        return hit(header, session, direction, checksum, tick);
    }

    /** 0, or the verdict for a packet that has no hop left or is too large for the side it leaves on. */
    private int fits(Header header, int direction) {
        if (Ipv4Layout.ttl(header.word1) < leastTtl) {
            return TTL_EXPIRED;
        }
        return header.total > outsideMtu && direction == Verdict.OUTBOUND ? TOO_BIG : 0;
    }

    private int hit(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int place = Record.place(chunk, at);
        if (table.isExpired(chunk, at, place, (int) tick)) {
            return EXPIRED;
        }
        int oversize = fits(header, direction);
        if (oversize != 0) {
            return oversize;
        }
        long ids = Record.ids(chunk, at);
        int refresh = direction - 1;
        if (header.protocol == TcpLayout.PROTOCOL) {
            refresh = -1;
            if ((header.flags & CONNECTION_FLAGS) != 0 || Record.state(ids) != ESTABLISHED) {
                refresh = track(header, direction, checksum, chunk, at);
            }
        }
        int stamp = Record.stamp(chunk, at);
        // inbound UDP and ICMP do not refresh (RFC 4787 REQ-6): the old stamp is written again, without a branch
        Record.stamp(chunk, at, stamp + ((int) tick - stamp & refresh));
        Record.count(chunk, at, direction, header.total);
        rewrite(header, direction, checksum, chunk, at, ids, place);
        return direction;
    }

    /** Follows the connection; gives -1 if the segment restarts the timeout, else 0. */
    private static int track(Header header, int direction, ChecksumStatus checksum, ByteBuffer chunk, int at) {
        long ids = Record.ids(chunk, at);
        int state = Record.state(ids);
        int next = TcpStates.next(state, header.flags, direction);
        if (next != state) {
            if (checksum == ChecksumStatus.VERIFY && TransportSum.isWrong(header.window)) {
                return 0;
            }
            Record.ids(chunk, at, Record.withState(ids, next));
            int timeout = ConnectionState.of(next).timeout().ordinal();
            Record.place(chunk, at, Record.withTimeoutClass(Record.place(chunk, at), timeout));
        }
        return TcpStates.refreshes(state, header.flags, direction) ? -1 : 0;
    }

    private void rewrite(
            Header header, int direction, ChecksumStatus checksum, ByteBuffer chunk, int at, long ids, int place) {
        int publicAddress = table.publicAddress(Record.publicIndex(place));
        int addressChange = Record.insideAddress(Record.parties(chunk, at)) ^ publicAddress;
        int idChange = Record.insideId(ids) ^ Record.outsideId(ids);
        int deltas = Record.deltas(chunk, at);
        Rewrite.write(header, direction, checksum, addressChange, idChange, deltas, hop);
    }
}
