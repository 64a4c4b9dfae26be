package io.github.culvert.nat.flow;

import io.github.culvert.nat.answer.Answers;
import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Answer;
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
    private static final int HAIRPIN = Verdict.refused(Refusal.HAIRPIN);
    private static final int MARTIAN_SOURCE = Verdict.refused(Refusal.MARTIAN_SOURCE);
    private static final int SPOOFED_INSIDE = Verdict.refused(Refusal.SPOOFED_INSIDE);

    private final FlowTable table;
    private final Channels channels;
    private final Admission admission;
    private final UnusualHeader unusual;
    private final Hit hit;
    private final Hairpin hairpin;
    private final OwnTraffic own;
    private final Exemptions exemptions;
    private final UnsolicitedSyns syns;
    private final Portless portless;
    private final Resumption resumption;
    private final BoundFlows bound;
    private final SharedFlows shared;

    private final IcmpTypes types;
    private final IcmpErrors errors;
    private final Answers answers;
    private final Datagrams datagrams;

    @SuppressWarnings("unused") // written so that the loads before it are not dropped
    private int touched;

    /** A translator for a table. */
    public Translator(
            FlowTable table,
            Channels channels,
            NatConfig config,
            RandomGenerator random,
            Outbox outbox,
            Answers answers) {
        this.table = table;
        this.channels = channels;
        this.types = new IcmpTypes(config.icmp().passes());
        Filter filter = new Filter(table, config.behaviours());
        Addresses addresses = new Addresses(config.insideNetworks());
        this.exemptions = new Exemptions(config.exemptions(), table, addresses);
        this.admission = new Admission(table, channels, addresses, exemptions, filter, types, config);
        this.answers = answers;
        this.hit = new Hit(table, channels, config);
        Demuxes demuxes = new Demuxes(channels.demuxes());
        this.bound = new BoundFlows(table, channels, demuxes, hit, outbox);
        this.shared = new SharedFlows(table, channels, hit);
        this.errors = new IcmpErrors(table, types, bound, demuxes, config);
        this.unusual = new UnusualHeader(admission, bound, config.path().sourceRoutes());
        this.hairpin = new Hairpin(table, this, admission, hit);
        this.syns = new UnsolicitedSyns(
                table, config, (syn, tick) -> answers.about(syn, Answer.PORT_UNREACHABLE, Verdict.INBOUND, tick));
        this.own = new OwnTraffic(table, addresses, admission, syns, hairpin, types, hit);
        this.resumption = new Resumption(channels, outbox, this::translate);
        this.portless = new Portless(table, config.portless());
        this.datagrams = new Datagrams(
                config,
                random,
                outbox,
                this::translate,
                (first, direction, tick) -> answers.about(first, Answer.REASSEMBLY_TIME_EXCEEDED, direction, tick));
    }

    /** Reads a packet. Gives 0, or a verdict below 0 that is final. */
    public int read(Header header, int direction) {
        int read = header.read(direction);
        return read > Header.READ ? readRare(header, read, direction) : read;
    }

    private int readRare(Header header, int read, int direction) {
        boolean known = read == Header.OTHER && bound.read(header);
        return known ? Header.READ : unusual.read(header, direction);
    }

    /** Reads a packet that the host itself sends. Gives 0, or a verdict below 0 for what is malformed. */
    public int readOfHost(Header header) {
        int verdict = read(header, Verdict.OUTBOUND);
        boolean flawed = verdict == Header.READ && header.kind == Header.FRAGMENT;
        return own.read(header, flawed ? header.flaw : verdict);
    }

    /** What becomes of a packet of the host that was read. */
    public int finishOfHost(Header header, ChecksumStatus checksum, long tick) {
        return own.finish(header, checksum, tick);
    }

    /** Starts the memory accesses that {@link #find} will need; for a packet that was read. */
    public void touch(Header header, int direction) {
        if (header.kind != Header.FLOW) {
            touched ^= header.kind == Header.BOUND ? bound.touch(header, direction) : 0;
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
            return header.kind == Header.BOUND ? bound.find(header, direction) : portless.find(header, direction);
        }
        return direction == Verdict.OUTBOUND
                ? table.find(header.outboundParties(), header.outboundIds())
                : inbound(header, owner(header));
    }

    /** The same for a packet that was touched, as long as the table has not changed since. */
    public int findTouched(Header header, int direction) {
        if (header.kind != Header.FLOW) {
            return header.kind == Header.BOUND ? bound.findTouched(header) : portless.find(header, direction);
        }
        return direction == Verdict.OUTBOUND
                ? table.find(header.lead, header.parties, header.ids)
                : inbound(header, header.lead);
    }

    /** Does what is due by time among what is held, at most so many steps; gives how many are left. */
    public int advance(long tick, int budget) {
        return channels.advance(tick, datagrams.advance(tick, syns.advance(tick, budget)));
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    public long nextTick() {
        return Math.min(channels.nextTick(), Math.min(syns.nextTick(), datagrams.nextTick()));
    }

    /** Forgets the fragments and SYNs that are held. */
    public void close() {
        channels.close();
        syns.close();
        datagrams.close();
    }

    /** SYNs that are remembered until their time comes. */
    public int heldCount() {
        return syns.size();
    }

    /** Fragments that are held. */
    public int heldPackets() {
        return datagrams.held();
    }

    /** Bytes of fragments that are held, with what it costs to hold them. */
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

    /** The session of a packet that comes in to a public identifier, or 0. */
    int inbound(Header header, int owner) {
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
        int session = table.find(header.parties, header.ids);
        return session != 0 && Record.link(table.chunk(session), FlowTable.at(session)) == owner ? session : 0;
    }

    /** All steps for one packet. */
    public int translate(Header header, int direction, ChecksumStatus checksum, long tick) {
        int verdict = read(header, direction);
        if (verdict < 0) {
            return verdict;
        }
        return finish(header, find(header, direction), direction, checksum, tick);
    }

    /** Translates a packet that was read and whose session was found, or is 0. The NAT may answer what it refuses. */
    public int finish(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        int own = session != 0 && isFlow(header, session, direction) ? session : 0;
        int verdict = own != 0 ? hit.apply(header, own, direction, checksum, tick) : Hit.RARE;
        return verdict == Hit.RARE ? finishRare(header, own, direction, checksum, tick) : verdict;
    }

    /** The same for a packet that does more than meet its session, or has none. */
    private int finishRare(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        int verdict = leave(header, decide(header, session, direction, checksum, tick), direction, checksum, tick);
        resumption.resume(tick);
        return verdict;
    }

    private int leave(Header header, int verdict, int direction, ChecksumStatus checksum, long tick) {
        if (Verdict.isForwarded(verdict)) {
            boolean cut = hit.mustBeCut(header, verdict);
            return cut ? datagrams.split(header, verdict, checksum, tick) : verdict;
        }
        if (Verdict.isRefused(verdict)) {
            answer(header, Verdict.refusal(verdict), direction, tick);
        }
        return verdict;
    }

    /** A fragment for which there is no room is not answered: its datagram would be, once it is whole. */
    private void answer(Header header, Refusal reason, int direction, long tick) {
        if (header.kind != Header.FRAGMENT || reason.kind() != RefusalKind.LIMIT) {
            answers.aboutRefused(header.window, reason, direction, tick);
        }
    }

    private int decide(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        if (session != 0 && table.age(session, tick)) {
            return rare(header, session, direction, checksum, tick);
        }
        if (session != 0) {
            table.close(session);
        }
        return miss(header, direction, checksum, tick);
    }

    /** A packet of a live session that does more than pass. */
    private int rare(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        int place = Record.place(table.chunk(session), FlowTable.at(session));
        return (place & (Record.HAIRPIN | Record.OWN)) != 0
                ? turn(header, session, place, direction, checksum, tick)
                : hit.applyRare(header, session, direction, checksum, tick);
    }

    /** A packet of a session that two of our own hosts have with each other, or the host itself with another one. */
    private int turn(Header header, int session, int place, int direction, ChecksumStatus checksum, long tick) {
        if (direction == Verdict.OUTBOUND) {
            boolean spoofed = (place & Record.OWN) != 0;
            return spoofed ? SPOOFED_INSIDE : turnRound(header, session, checksum, tick);
        }
        boolean spoofed = (place & Record.HAIRPIN) != 0;
        return spoofed ? MARTIAN_SOURCE : own.received(header, session, checksum, tick);
    }

    private int turnRound(Header header, int session, ChecksumStatus checksum, long tick) {
        return header.kind == Header.BOUND
                ? bound.turn(header, session, checksum, tick)
                : hairpin.turn(header, session, checksum, tick);
    }

    /** Whether a message is one of those that pass in its direction: for ICMP mostly requests out, replies in. */
    boolean isFlow(Header header, int session, int direction) {
        return header.protocol != IcmpLayout.PROTOCOL
                || types.isOfFlow(header, direction)
                || (Record.place(table.chunk(session), FlowTable.at(session)) & Record.BOTH_ASK) != 0;
    }

    private int miss(Header header, int direction, ChecksumStatus checksum, long tick) {
        table.settle(tick);
        if (header.kind != Header.FLOW) {
            header.publicIndex = table.publicIndex(header.destination());
        }
        if (exemptions.cover(header, direction)) {
            int flaw = header.kind == Header.FRAGMENT ? datagrams.flaw(header, direction, checksum) : 0;
            return flaw == 0 ? hit.pass(header, direction) : flaw;
        }
        int verdict = admission.judge(header, direction);
        if (verdict != Addresses.FINE) {
            return verdict;
        }
        if (header.kind != Header.FLOW) {
            return unusual(header, direction, checksum, tick);
        }
        if (direction == Verdict.INBOUND && shared.has(header)) {
            return shared.receive(header, checksum, tick);
        }
        boolean comesIn = direction == Verdict.INBOUND || table.publicIndex(header.destination()) >= 0;
        int early = comesIn ? hairpin.judge(header) : hit.fits(header, direction);
        if (early != 0) {
            return early;
        }
        int session = admission.open(header, direction, checksum, tick);
        if (session < 0) {
            syns.refused(header, session, checksum, tick);
            return session;
        }
        syns.opened(header, session);
        return rare(header, session, direction, checksum, tick);
    }

    /** What has no identifiers of its own to be looked up; each with a way of its own. */
    private int unusual(Header header, int direction, ChecksumStatus checksum, long tick) {
        boolean turns = direction == Verdict.OUTBOUND && header.publicIndex >= 0;
        return switch (header.kind) {
            case Header.FRAGMENT -> fragment(header, direction, checksum, tick, turns ? Verdict.INBOUND : direction);
            case Header.ERROR -> error(header, direction, checksum);
            case Header.BOUND -> bound.miss(header, direction, checksum, tick);
            default -> turns ? HAIRPIN : portless(header, direction, checksum, tick);
        };
    }

    private int fragment(Header header, int direction, ChecksumStatus checksum, long tick, int leaves) {
        int oversize = hit.fits(header, leaves);
        return oversize == 0 ? datagrams.arrive(header, direction, checksum, tick) : oversize;
    }

    private int portless(Header header, int direction, ChecksumStatus checksum, long tick) {
        int oversize = portless.isAllowed(header) ? hit.fits(header, direction) : 0;
        int session = oversize != 0 ? oversize : portless.open(header, direction);
        if (session < 0) {
            return session;
        }
        return hit.applyRare(header, session, direction, checksum, tick);
    }

    private int error(Header header, int direction, ChecksumStatus checksum) {
        return errors.translate(header, direction, checksum, hit.fits(header, direction));
    }
}
