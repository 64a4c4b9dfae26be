package io.github.culvert.nat.flow;

import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.channel.HeldSegment;
import io.github.culvert.nat.channel.Ready;
import io.github.culvert.nat.fragment.Assembly;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.netty.buffer.ByteBuf;

/**
 * Segments of control channels that were held back go on once what was missing before them has passed, in the order of
 * their stream and right behind it. Not safe for use by several threads.
 */
final class Resumption {
    private final Channels channels;
    private final Outbox outbox;
    private final Datagrams.Way way;
    private final Header header = new Header();
    private boolean busy;

    Resumption(Channels channels, Outbox outbox, Datagrams.Way way) {
        this.channels = channels;
        this.outbox = outbox;
        this.way = way;
    }

    /** Sends on what can go on now; what that sets free goes on too, but not from within. */
    void resume(long tick) {
        if (busy) {
            return;
        }
        busy = true;
        try {
            for (Ready next = channels.takeReady(); next != null; next = channels.takeReady()) {
                send(next, tick);
            }
        } finally {
            busy = false;
            header.window.close();
        }
    }

    private void send(Ready next, long tick) {
        byte[] bytes = next.segment().packet();
        ByteBuf packet = outbox.allocate(bytes.length).writeBytes(bytes);
        int verdict;
        try {
            header.window.open(packet);
            verdict = way.translate(header, next.direction(), completed(next.segment()), tick);
        } catch (Throwable e) {
            packet.release();
            throw e;
        }
        if (verdict == Verdict.HELD) {
            packet.release();
        } else {
            outbox.put(packet, verdict);
        }
    }

    /** Whoever takes it knows about the packet of this call only: nobody would complete the checksum of another one. */
    private ChecksumStatus completed(HeldSegment segment) {
        if (segment.checksum() != ChecksumStatus.PARTIAL) {
            return segment.checksum();
        }
        Assembly.complete(header.window, header.window.length());
        return ChecksumStatus.TRUSTED;
    }
}
