package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.fragment.Assembly;
import io.github.culvert.nat.fragment.Datagram;
import io.github.culvert.nat.fragment.Departure;
import io.github.culvert.nat.fragment.FragmentStore;
import io.github.culvert.nat.fragment.Piece;
import io.github.culvert.nat.fragment.TimeUp;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.table.Ticks;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams in several packets (RFC 4787 REQ-13, REQ-14). Fragments wait until all have come; then the datagram is put
 * together, and goes the very way of a packet that was never cut, so that it gets the same session, the same checks and
 * the same verdict; and leaves in the fragments that it came in. A packet that is too large for a link leaves in
 * fragments too.
 *
 * <p>Takes no memory before the first fragment. Not safe for use by several threads.
 */
final class Datagrams {
    /** The longest that a receiver may wait for fragments with a reused identification (RFC 1122 section 3.3.2). */
    private static final Duration IDENTIFICATION_IN_USE = Duration.ofSeconds(60);

    /** To the host, translated like what is forwarded. */
    private static final int OWN = Verdict.host(HostTraffic.OWN);

    /** What happens to a packet. */
    interface Way {
        int translate(Header header, int direction, ChecksumStatus checksum, long tick);
    }

    private final NatConfig config;
    private final RandomGenerator random;
    private final Outbox outbox;
    private final Way way;
    private final TimeUp timeUp;
    private final Piece piece = new Piece();
    private final Assembly assembly = new Assembly();
    private final Header whole = new Header();
    private @Nullable FragmentStore store;
    private @Nullable Departure departure;

    Datagrams(NatConfig config, RandomGenerator random, Outbox outbox, Way way, TimeUp timeUp) {
        this.config = config;
        this.random = random;
        this.outbox = outbox;
        this.way = way;
        this.timeUp = timeUp;
        whole.assembled = true;
    }

    /** A fragment whose addresses are fine. */
    int arrive(Header header, int direction, ChecksumStatus checksum, long tick) {
        header.parties = (long) header.source() << 32;
        piece.read(header.window, header.total, direction, checksum);
        FragmentStore held = store();
        int verdict = held.arrive(piece, header.flaw, tick);
        Datagram complete = held.takeComplete();
        return complete == null ? verdict : judge(complete, header, tick);
    }

    /** The verdict for a fragment that is wrong by itself, else 0: for one that passes alone. */
    int flaw(Header header, int direction, ChecksumStatus checksum) {
        piece.read(header.window, header.total, direction, checksum);
        return header.flaw == 0 ? piece.flaw() : header.flaw;
    }

    private int judge(Datagram datagram, Header latest, long tick) {
        ChecksumStatus checksum = datagram.checksum();
        assembly.join(datagram, whole.window);
        int verdict = way.translate(whole, datagram.direction(), checksum, tick);
        if (Verdict.isForwarded(verdict) || verdict == OWN) {
            complete(whole, checksum);
            departure().release(datagram, whole.window, verdict, tick);
            return Verdict.HELD;
        }
        latest.parties = whole.parties;
        if (verdict != Verdict.HELD) {
            departure().giveBack(datagram, verdict);
        }
        return verdict;
    }

    /** A packet that was translated, and had another source before, leaves in fragments. */
    int split(Header header, int verdict, ChecksumStatus checksum, long tick) {
        complete(header, checksum);
        departure().split(header.window, header.total, header.source(), verdict, tick);
        return Verdict.HELD;
    }

    private static void complete(Header header, ChecksumStatus checksum) {
        if (checksum == ChecksumStatus.PARTIAL && header.kind != Header.FRAGMENT) {
            Assembly.complete(header.window, header.total);
        }
    }

    private FragmentStore store() {
        FragmentStore known = store;
        if (known == null) {
            int timeout = Ticks.ofTimeout(config.timeouts().fragments());
            known = new FragmentStore(config.fragments(), timeout, random, outbox, timeUp);
            store = known;
        }
        return known;
    }

    private Departure departure() {
        Departure known = departure;
        if (known == null) {
            int[] mtu = new int[2];
            mtu[Verdict.OUTBOUND] = config.path().outsideMtu();
            mtu[Verdict.INBOUND] = config.path().insideMtu();
            known = new Departure(outbox, random, mtu, Ticks.ofTimeout(IDENTIFICATION_IN_USE));
            departure = known;
        }
        return known;
    }

    /** Does what is due by time, at most so many steps; returns how many are left. */
    int advance(long tick, int budget) {
        FragmentStore held = store;
        return held == null ? budget : held.advance(tick, budget);
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    long nextTick() {
        FragmentStore held = store;
        return held == null ? Long.MAX_VALUE : held.nextTick();
    }

    /** Fragments that are held. */
    int held() {
        FragmentStore held = store;
        return held == null ? 0 : held.held();
    }

    /** Bytes that are held, with what it costs to hold them. */
    int bytes() {
        FragmentStore held = store;
        return held == null ? 0 : held.bytes();
    }

    /** Forgets what is held. */
    void close() {
        store = null;
    }
}
