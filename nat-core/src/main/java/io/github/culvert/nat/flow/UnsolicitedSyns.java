package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.UnsolicitedSyn;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.table.Ticks;
import io.github.culvert.nat.verdict.Verdict;
import java.nio.ByteBuffer;

/**
 * Which SYNs from the outside are held for an answer, and when they are forgotten (RFC 5382 REQ-4). Where there will be
 * no answer nothing is held. Not safe for use by several threads.
 */
final class UnsolicitedSyns {
    private static final int NO_MAPPING = Verdict.refused(Refusal.NO_MAPPING);
    private static final int FILTERED = Verdict.refused(Refusal.FILTERED);

    private final FlowTable table;
    private final HeldSyns held;
    private final boolean answers;

    UnsolicitedSyns(FlowTable table, NatConfig config, HeldSyns.Answer answer) {
        this.table = table;
        int wait = Ticks.ofTimeout(config.timeouts().heldSyn());
        this.held = new HeldSyns(config.limits().heldSyns(), wait, table.random(), answer);
        this.answers = config.tcp().unsolicitedSyn() == UnsolicitedSyn.ICMP
                && config.icmp().answers().contains(Side.OUTSIDE);
    }

    /** How many are held. */
    int size() {
        return held.size();
    }

    /** When the next answer is due; {@link Long#MAX_VALUE} if none is. */
    long nextTick() {
        return held.nextTick();
    }

    /** Answers what is due, at most so many; gives how many more it could have been. */
    int advance(long tick, int budget) {
        return held.answer(tick, budget);
    }

    /** Forgets what is held. */
    void close() {
        held.clear();
    }

    /** A packet from the outside was refused. */
    void refused(Header header, int verdict, ChecksumStatus checksum, long tick) {
        boolean unsolicited = verdict == NO_MAPPING || verdict == FILTERED;
        if (answers && unsolicited && header.isSyn() && HighWater.isRight(header, checksum)) {
            held.hold(header, tick);
        }
    }

    /** An inside host, or the host itself, has opened a session. */
    void opened(Header header, int session) {
        if (held.size() > 0 && header.isSyn()) {
            ByteBuffer chunk = table.chunk(session);
            int at = FlowTable.at(session);
            long ids = Record.ids(chunk, at);
            int publicAddress = table.publicAddress(Record.publicIndex(Record.place(chunk, at)));
            int remote = Record.remoteAddress(Record.parties(chunk, at));
            held.forget(remote, Record.remoteId(ids), publicAddress, Record.outsideId(ids));
        }
    }
}
