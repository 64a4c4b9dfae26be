package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.refusal.RefusalKind;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.IcmpLayout;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * What happens to a packet: read, look up, rewrite; the first packet of a flow takes the {@link Admission} in between.
 * In steps, so that a batch can do each step for all its packets. Direction is 0 outbound, 1 inbound, and selects data.
 * Not safe for use by several threads.
 */
public final class Translator {
    private static final int ICMP_ERROR = Verdict.refused(Refusal.ICMP_TYPE);
    private static final int UNKNOWN_PROTOCOL = Verdict.refused(Refusal.UNKNOWN_PROTOCOL);

    private final FlowTable table;
    private final Admission admission;
    private final UnusualHeader unusual;
    private final Hit hit;

    private final Datagrams datagrams;

    @SuppressWarnings("unused") // written so that the loads before it are not dropped
    private int touched;

    /** A translator for a table. */
    public Translator(FlowTable table, NatConfig config, RandomGenerator random, Outbox outbox) {
        this.table = table;
        this.admission = new Admission(table, new Addresses(config.insideNetworks()));
        this.unusual = new UnusualHeader(admission, config.path().sourceRoutes());
        this.hit = new Hit(table, config.path());
        this.datagrams = new Datagrams(config, random, outbox, this::translate);
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
        if (verdict == Header.READ && header.kind == Header.FRAGMENT && header.flaw != 0) {
            return header.flaw;
        }
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
        if (header.kind != Header.FLOW) {
            return;
        }
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
        if (header.kind != Header.FLOW) {
            return 0;
        }
        return direction == Verdict.OUTBOUND
                ? table.find(header.outboundParties(), header.outboundIds())
                : inbound(header, owner(header));
    }

    /** The same for a packet that was touched, as long as the table has not changed since. */
    public int findTouched(Header header, int direction) {
        if (header.kind != Header.FLOW) {
            return 0;
        }
        return direction == Verdict.OUTBOUND
                ? table.find(header.lead, header.parties, header.ids)
                : inbound(header, header.lead);
    }

    /** Does what is due by time among what is held, at most so many steps; returns how many are left. */
    public int advance(long tick, int budget) {
        return datagrams.advance(tick, budget);
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    public long nextTick() {
        return datagrams.nextTick();
    }

    /** Forgets what is held. */
    public void close() {
        datagrams.close();
    }

    /** Packets that are held. */
    public int heldPackets() {
        return datagrams.held();
    }

    /** Bytes that are held, with what it costs to hold them. */
    public int heldBytes() {
        return datagrams.bytes();
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

    /** All steps for one packet. */
    public int translate(Header header, int direction, ChecksumStatus checksum, long tick) {
        int verdict = read(header, direction);
        if (verdict < 0) {
            return verdict;
        }
        return finish(header, find(header, direction), direction, checksum, tick);
    }

    /** Translates a packet that was read and whose session was found, or is 0. */
    public int finish(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        int verdict = decide(header, session, direction, checksum, tick);
        return hit.mustBeCut(header, verdict) ? datagrams.split(header, verdict, checksum, tick) : verdict;
    }

    private int decide(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        if (session != 0 && isFlow(header, direction)) {
            int verdict = hit.apply(header, session, direction, checksum, tick);
            if (verdict != Hit.EXPIRED) {
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
        if (header.kind != Header.FLOW) {
            header.publicIndex = table.publicIndex(header.destination());
        }
        int verdict = admission.judge(header, direction);
        if (verdict != Addresses.FINE) {
            return verdict;
        }
        int oversize = hit.fits(header, direction);
        if (oversize != 0) {
            return oversize;
        }
        if (header.kind != Header.FLOW) {
            return unusual(header, direction, checksum, tick);
        }
        int session = admission.open(header, direction, checksum);
        if (session < 0) {
            return session;
        }
        return hit.apply(header, session, direction, checksum, tick);
    }

    /** What has no identifiers of its own to be looked up; each with a way of its own. */
    private int unusual(Header header, int direction, ChecksumStatus checksum, long tick) {
        return switch (header.kind) {
            case Header.FRAGMENT -> datagrams.arrive(header, direction, checksum, tick);
            case Header.ERROR -> ICMP_ERROR;
            default -> UNKNOWN_PROTOCOL;
        };
    }
}
