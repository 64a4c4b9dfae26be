package io.github.culvert.nat.flow;

import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Rewrite;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Copies of a packet that comes in, each for another inside host. Not safe for use by several threads. */
final class Copies {
    private final Hit hit;
    private final Outbox outbox;

    Copies(Hit hit, Outbox outbox) {
        this.hit = hit;
        this.outbox = outbox;
    }

    /**
     * Puts a copy for each host into the outbox.
     *
     * @return whether there is any; none of what would have to leave in fragments
     */
    boolean send(Header header, List<Ipv4Address> hosts, ChecksumStatus checksum) {
        if (hosts.isEmpty() || header.assembled || hit.mustBeCut(header, Verdict.INBOUND)) {
            return false;
        }
        hosts.forEach(host -> send(header, host.bits(), checksum));
        return true;
    }

    private void send(Header header, int host, ChecksumStatus checksum) {
        ByteBuf copy = outbox.allocate(header.total);
        header.window.writeTo(copy, 0, header.total);
        HeaderWords words = new HeaderWords(new PacketWindow());
        words.window.open(copy);
        words.readChecked();
        int outside = header.destination();
        int deltas = Rewrite.deltas(Checksum.delta32(host, outside), 0, header.protocol);
        Rewrite.write(words, Verdict.INBOUND, checksum, host ^ outside, 0, deltas, hit.hop());
        outbox.put(copy, Verdict.INBOUND);
    }
}
