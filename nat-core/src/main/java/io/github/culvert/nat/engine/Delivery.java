package io.github.culvert.nat.engine;

import io.github.culvert.nat.flow.Header;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.refusal.RefusalKind;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.netty.buffer.ByteBuf;

/** Counts what became of a packet, and hands it to the sink. */
final class Delivery {
    private final Meters meters;
    private final Announcer announcer;

    Delivery(Meters meters, Announcer announcer) {
        this.meters = meters;
        this.announcer = announcer;
    }

    /** Gives a packet away: the sink owns it, unless it is refused; then it is lent, and released after. */
    void give(ByteBuf packet, Header read, int verdict, PacketSink<? super ByteBuf> sink) {
        if (Verdict.isForwarded(verdict)) {
            int total = read.total();
            if (read.window.length() != total) {
                packet.writerIndex(packet.readerIndex() + total);
            }
            hand(packet, read, verdict, sink);
        } else if (Verdict.isHost(verdict)) {
            hand(packet, read, verdict, sink);
        } else {
            // refused: lent; held: whoever holds it has a copy
            try {
                hand(packet, read, verdict, sink);
            } finally {
                packet.release();
            }
        }
    }

    /** Hands a packet to the sink. */
    <P> void hand(P packet, Header read, int verdict, PacketSink<? super P> sink) {
        if (Verdict.isForwarded(verdict)) {
            meters.forwarded(verdict, read.total());
            if (verdict == Verdict.OUTBOUND) {
                sink.toOutside(packet);
            } else {
                sink.toInside(packet);
            }
        } else if (Verdict.isHost(verdict)) {
            meters.countToHost(Verdict.hostTraffic(verdict));
            sink.toHost(packet, Verdict.hostTraffic(verdict));
        } else if (Verdict.isRefused(verdict)) {
            sink.refused(packet, refused(read, verdict));
        }
    }

    /** Hands over what leaves besides; what a sink did not take because it threw is released. */
    void empty(Outbox outbox, PacketSink<? super ByteBuf> sink) {
        try {
            while (!outbox.isEmpty()) {
                int verdict = outbox.nextVerdict();
                besides(outbox.take(), verdict, sink);
            }
        } finally {
            outbox.clear();
        }
    }

    private void besides(ByteBuf packet, int verdict, PacketSink<? super ByteBuf> sink) {
        if (Verdict.isRefused(verdict)) {
            try {
                meters.countRefused(Verdict.refusal(verdict));
                sink.refused(packet, Verdict.refusal(verdict));
            } finally {
                packet.release();
            }
        } else if (Verdict.isHost(verdict)) {
            meters.countToHost(Verdict.hostTraffic(verdict));
            sink.toHost(packet, Verdict.hostTraffic(verdict));
        } else if (verdict == Verdict.OUTBOUND) {
            meters.forwarded(verdict, packet.readableBytes());
            sink.toOutside(packet);
        } else {
            meters.forwarded(verdict, packet.readableBytes());
            sink.toInside(packet);
        }
    }

    private Refusal refused(Header read, int verdict) {
        Refusal reason = Verdict.refusal(verdict);
        meters.countRefused(reason);
        if (reason.kind() == RefusalKind.LIMIT) {
            announcer.limitReached(reason, read.insideHost(), read.protocolNumber());
        }
        return reason;
    }
}
