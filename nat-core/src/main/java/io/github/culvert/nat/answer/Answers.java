package io.github.culvert.nat.answer;

import io.github.culvert.nat.config.IcmpPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.NoRoom;
import io.github.culvert.nat.mapping.Answer;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.refusal.RefusalKind;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.AddressBlocks;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The NAT's own ICMP messages (RFC 1812 section 4.3.2, RFC 5508 REQ-8 to REQ-11). Each quotes a packet as its sender sent
 * it and goes back to where it came from, through the {@link Outbox}. Few refusals are answered at all, none beyond the
 * rate of the policy. Not safe for use by several threads.
 */
public final class Answers {
    /** The longest message, its IPv4 header included (RFC 1812 section 4.3.2.3). */
    private static final int LONGEST = 576;

    private static final int HEADERS = Ipv4Layout.OPTIONS + IcmpLayout.HEADER;
    private static final int TTL = 64;
    /** Internetwork control (RFC 1812 section 4.3.2.5). */
    private static final int TYPE_OF_SERVICE = 0xc0;

    private final FlowTable table;
    private final Outbox outbox;
    private final Consumer<Answer> sent;
    private final IcmpPolicy policy;
    private final Answer noRoom;
    private final TokenBucket bucket;
    /** The largest packet in each direction. */
    private final int[] mtu;

    /**
     * Answers as a configuration says.
     *
     * @param table knows the public address of an inside host
     * @param outbox takes the messages
     * @param sent is told of each
     */
    public Answers(NatConfig config, FlowTable table, Outbox outbox, Consumer<Answer> sent) {
        this.table = table;
        this.outbox = outbox;
        this.sent = sent;
        this.policy = config.icmp();
        this.noRoom = answer(policy.noRoom());
        this.bucket = new TokenBucket(policy.answerRate());
        this.mtu = new int[] {config.path().outsideMtu(), config.path().insideMtu()};
    }

    private static Answer answer(NoRoom noRoom) {
        return switch (noRoom) {
            case ADMINISTRATIVELY_PROHIBITED -> Answer.ADMINISTRATIVELY_PROHIBITED;
            case HOST_UNREACHABLE -> Answer.HOST_UNREACHABLE;
        };
    }

    /** Answers a packet that travelled in a direction and was refused, if the reason is one that its sender is told. */
    public void aboutRefused(PacketWindow packet, Refusal reason, int direction, long tick) {
        @Nullable Answer answer = answer(packet, reason, direction);
        if (answer != null) {
            about(packet, answer, direction, tick);
        }
    }

    /** What is said about a refusal; null for the many that are silent. */
    private @Nullable Answer answer(PacketWindow packet, Refusal reason, int direction) {
        if (reason == Refusal.TTL_EXPIRED) {
            return Answer.TTL_EXCEEDED;
        }
        if (reason == Refusal.TOO_BIG) {
            int fragment = Ipv4Layout.fragmentBits(packet.i64(Ipv4Layout.WORD0));
            return (fragment & Ipv4Layout.DONT_FRAGMENT) == 0 ? null : Answer.FRAGMENTATION_NEEDED;
        }
        // a busy index is so for moments; and the outside need not know how full the NAT is
        boolean full = reason.kind() == RefusalKind.LIMIT && reason != Refusal.INDEX_BUSY;
        return full && direction == Verdict.OUTBOUND ? noRoom : null;
    }

    /**
     * Sends a message about a packet, unless the policy, the rate or the packet itself forbid it (RFC 1812 section
     * 4.3.2.7).
     *
     * @param packet the packet as its sender sent it, which must have passed {@link
     *     io.github.culvert.nat.wire.HeaderCheck}, its addresses fine
     * @param answer what to say
     * @param direction which way the packet travelled
     * @param tick now
     */
    public void about(PacketWindow packet, Answer answer, int direction, long tick) {
        Side sender = direction == Verdict.OUTBOUND ? Side.INSIDE : Side.OUTSIDE;
        if (policy.answers().contains(sender) && isAnswered(packet) && bucket.take(tick)) {
            send(message(packet, answer, direction), direction);
            sent.accept(answer);
        }
    }

    /** The same about a packet that was kept in a buffer; its indices are not moved. */
    public void about(ByteBuf packet, Answer answer, int direction, long tick) {
        PacketWindow window = new PacketWindow();
        window.open(packet);
        about(window, answer, direction, tick);
    }

    /** Never about ICMP errors, later fragments, and addresses that stand for no host or for many. */
    private static boolean isAnswered(PacketWindow packet) {
        long word1 = packet.i64(Ipv4Layout.WORD1);
        if (Ipv4Layout.isLaterFragment(Ipv4Layout.fragmentBits(packet.i64(Ipv4Layout.WORD0)))
                || AddressBlocks.isMartian(Ipv4Layout.source(word1))
                || AddressBlocks.isMartian(packet.i32(Ipv4Layout.DESTINATION))) {
            return false;
        }
        if (Ipv4Layout.protocol(word1) != IcmpLayout.PROTOCOL) {
            return true;
        }
        // a first fragment may end before its type
        int type = Ipv4Layout.headerLength(packet.i64(Ipv4Layout.WORD0));
        return type < packet.u16(Ipv4Layout.TOTAL_LENGTH) && IcmpLayout.isQuery(packet.u8(type));
    }

    private Octets message(PacketWindow packet, Answer answer, int direction) {
        Octets quoted = Octets.of(packet.start(quotedLength(packet, direction)));
        var message = IcmpMessage.builder().data(quoted);
        if (answer == Answer.FRAGMENTATION_NEEDED) {
            message.fragmentationNeeded(mtu[leaves(packet, direction)]);
        } else {
            message.type(answer.type(), answer.code());
        }
        int sender = Ipv4Layout.source(packet.i64(Ipv4Layout.WORD1));
        return Ipv4Packet.builder()
                .source(new Ipv4Address(source(packet, sender, direction)))
                .destination(new Ipv4Address(sender))
                .ttl(TTL)
                .typeOfService(TYPE_OF_SERVICE)
                .dontFragment()
                .transport(message)
                .octets();
    }

    /** Which way a packet would have left: what is for a public address turns round. */
    private int leaves(PacketWindow packet, int direction) {
        return table.publicIndex(packet.i32(Ipv4Layout.DESTINATION)) < 0 ? direction : Verdict.INBOUND;
    }

    /**
     * As much as fits (RFC 1812 section 4.3.2.3). Towards the outside, where a source may be forged, the message is not
     * larger than the packet, unless even eight bytes of the transport make it so.
     */
    private static int quotedLength(PacketWindow packet, int direction) {
        int total = Math.min(packet.u16(Ipv4Layout.TOTAL_LENGTH), packet.length());
        int most = LONGEST - HEADERS;
        if (direction == Verdict.INBOUND) {
            int least = Ipv4Layout.headerLength(packet.i64(Ipv4Layout.WORD0)) + IcmpLayout.HEADER;
            most = Math.min(most, Math.max(least, total - HEADERS));
        }
        return Math.min(total, most);
    }

    /** Towards the outside the address that the packet was for; towards the inside one that the policy names, or the host's. */
    private int source(PacketWindow packet, int sender, int direction) {
        if (direction == Verdict.INBOUND) {
            return packet.i32(Ipv4Layout.DESTINATION);
        }
        return policy.insideAddress()
                .map(Ipv4Address::bits)
                .orElseGet(() -> table.publicAddress(table.publicIndexOf(sender)));
    }

    private void send(Octets message, int direction) {
        ByteBuf buffer = outbox.allocate(message.length());
        message.writeTo(buffer);
        outbox.put(buffer, 1 - direction);
    }
}
