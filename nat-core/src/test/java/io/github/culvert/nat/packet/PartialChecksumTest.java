package io.github.culvert.nat.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.testkit.packet.PlainSum;
import io.github.culvert.nat.testkit.packet.RandomPackets;
import io.github.culvert.nat.wire.Checksum;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Packets whose transport checksum hardware will finish (virtio NEEDS_CSUM): the field holds the sum of the
 * pseudo-header before and after, so that the finished checksum is right.
 */
class PartialChecksumTest {
    @Property(tries = 500)
    void theFieldStaysTheSumOfThePseudoHeader(@ForAll long seed, @ForAll End end) {
        RandomPackets random = new RandomPackets(seed);
        Ipv4Packet complete = random.next();
        Ipv4Address from = end == End.SOURCE ? complete.source() : complete.destination();
        Rewrite rewrite = Rewrite.of(end, from, identifier(complete, end), random.address(), random.identifier());

        Ipv4Packet out = rewrite.applyTo(partial(complete), ChecksumStatus.PARTIAL);

        int at = PlainSum.transportOffset(out);
        assertThat(out.octets().u16(at) % 0xffff).isEqualTo(pseudoHeader(out) % 0xffff);
        assertThat(out.headerChecksum() % 0xffff).isEqualTo(PlainSum.header(out.octets()) % 0xffff);
        Ipv4Packet whole = rewrite.applyTo(complete, ChecksumStatus.VERIFY);
        assertThat(withField(out, 0)).as("all but the field").isEqualTo(withField(whole, 0));
    }

    private static int identifier(Ipv4Packet packet, End end) {
        Transport transport = packet.transport();
        if (transport instanceof IcmpQuery query) {
            return query.identifier();
        }
        return transport.octets().u16(end == End.SOURCE ? 0 : 2);
    }

    private static Ipv4Packet partial(Ipv4Packet packet) {
        return withField(packet, pseudoHeader(packet));
    }

    private static Ipv4Packet withField(Ipv4Packet packet, int value) {
        int at = PlainSum.transportOffset(packet);
        byte[] bytes = packet.octets().toByteArray();
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
        return new Ipv4Packet(Octets.of(bytes));
    }

    /** What the sender leaves for hardware; ICMP has no pseudo-header, so nothing. */
    private static int pseudoHeader(Ipv4Packet packet) {
        if (packet.transport() instanceof IcmpMessage) {
            return 0;
        }
        int length = packet.payload().length();
        Octets pseudo = packet.octets()
                .slice(12, 8)
                .then(Octets.of((byte) 0, (byte) packet.protocol(), (byte) (length >>> 8), (byte) length));
        return Checksum.inverse(PlainSum.checksum(pseudo.toByteArray()));
    }
}
