package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.Packets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** One end of a TCP connection that cuts what it sends, and sends again, as it likes; whole messages go to its owner. */
final class Peer {
    private static final int LONGEST = 90;
    private static final int WINDOW = 600;
    private static final long FIRST = 0xffff_ff00L;

    private final Endpoint from;
    private final Endpoint to;
    private final Random dice;
    private final Consumer<Octets> owner;
    private final byte[] got = new byte[1 << 16];
    private final boolean[] present = new boolean[got.length];
    private Octets toSend = Octets.empty();
    private int acknowledged;
    private int sent;
    private int next;
    private int read;

    Peer(Endpoint from, Endpoint to, Random dice, Consumer<Octets> owner) {
        this.from = from;
        this.to = to;
        this.dice = dice;
        this.owner = owner;
    }

    Endpoint from() {
        return from;
    }

    Endpoint to() {
        return to;
    }

    void say(Octets message) {
        toSend = toSend.then(message);
    }

    boolean isHeard() {
        return acknowledged == toSend.length();
    }

    /** A segment with a flag in front of the first byte. */
    Ipv4Packet syn(TcpFlag... flags) {
        return packet(-1, Octets.empty(), flags);
    }

    /** New bytes, old ones, or both; maybe none, just to acknowledge. */
    Ipv4Packet transmit() {
        int in = Math.min(toSend.length(), acknowledged + WINDOW);
        int at = dice.nextInt(3) == 0 ? sent : acknowledged + dice.nextInt(sent - acknowledged + 1);
        int count = Math.min(in - at, 1 + dice.nextInt(LONGEST));
        sent = Math.max(sent, at + Math.max(0, count));
        return packet(at, toSend.slice(at, Math.max(0, count)), TcpFlag.ACK);
    }

    /** What is missing at the other end, from its first byte on. */
    Ipv4Packet repeat() {
        int count = Math.min(toSend.length() - acknowledged, LONGEST);
        sent = Math.max(sent, acknowledged + count);
        return packet(acknowledged, toSend.slice(acknowledged, count), TcpFlag.ACK);
    }

    private Ipv4Packet packet(int at, Octets bytes, TcpFlag... flags) {
        var segment = TcpSegment.builder()
                .ports((int) from.identifier(), (int) to.identifier())
                .sequence(FIRST + 1 + at & 0xffff_ffffL)
                .flags(flags)
                .payload(bytes);
        if (flags[flags.length - 1] == TcpFlag.ACK) {
            segment.acknowledgment(FIRST + 1 + next & 0xffff_ffffL);
        }
        return Packets.ipv4(from.address(), to.address()).transport(segment).build();
    }

    /** A segment has arrived. */
    void take(Ipv4Packet packet) {
        TcpSegment segment = (TcpSegment) packet.transport();
        assertThat(segment.checksumValid(packet.source(), packet.destination())).isTrue();
        acknowledged = Math.max(acknowledged, position(segment.acknowledgment()));
        Octets bytes = segment.payload();
        int at = position(segment.sequence());
        for (int i = 0; i < bytes.length(); i++) {
            if (present[at + i]) {
                assertThat(got[at + i]).as("byte %d, again", at + i).isEqualTo((byte) bytes.u8(i));
            }
            got[at + i] = (byte) bytes.u8(i);
            present[at + i] = true;
        }
        while (present[next]) {
            next++;
        }
        while (next - read >= 2 && next - read >= length()) {
            Octets message = Octets.of(Arrays.copyOfRange(got, read, read + length()));
            read += message.length();
            owner.accept(message);
        }
    }

    private int length() {
        return (got[read] & 0xff) << 8 | got[read + 1] & 0xff;
    }

    private static int position(long sequence) {
        return (int) (sequence - FIRST - 1);
    }
}
