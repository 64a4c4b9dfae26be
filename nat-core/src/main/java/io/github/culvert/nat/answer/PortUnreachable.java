package io.github.culvert.nat.answer;

import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;

/** Tells a remote host that nobody took its connection (RFC 5382 REQ-4a). Not safe for use by several threads. */
public final class PortUnreachable {
    private final Outbox outbox;
    private final TokenBucket bucket;

    /** Messages that leave through an outbox, no faster than a rate. */
    public PortUnreachable(Rate rate, Outbox outbox) {
        this.outbox = outbox;
        this.bucket = new TokenBucket(rate);
    }

    /** Answers a packet, of which at least the headers are there. */
    public void about(PacketWindow packet, long tick) {
        if (!bucket.take(tick)) {
            return;
        }
        int least = Ipv4Layout.headerLength(packet.i64(Ipv4Layout.WORD0)) + IcmpLayout.HEADER;
        byte[] quoted = new byte[least];
        for (int i = 0; i < least; i++) {
            quoted[i] = (byte) packet.u8(i);
        }
        Octets message = Ipv4Packet.builder()
                .source(new Ipv4Address(packet.i32(Ipv4Layout.DESTINATION)))
                .destination(new Ipv4Address(packet.i32(Ipv4Layout.SOURCE)))
                .transport(IcmpMessage.builder().type(3, 3).data(Octets.of(quoted)))
                .octets();
        ByteBuf buffer = outbox.allocate(message.length());
        message.writeTo(buffer);
        outbox.put(buffer, Verdict.OUTBOUND);
    }
}
