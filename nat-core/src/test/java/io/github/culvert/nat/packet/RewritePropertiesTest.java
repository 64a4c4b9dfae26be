package io.github.culvert.nat.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.testkit.packet.PacketMemory;
import io.github.culvert.nat.testkit.packet.PlainSum;
import io.github.culvert.nat.testkit.packet.RandomPackets;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** What holds for every rewrite of every UDP, TCP and ICMP packet. */
class RewritePropertiesTest {
    private static final int PACKETS_A_TRY = 1000;

    /** A million packets; the two forms of zero count as one. */
    @Property(tries = 1000)
    @Tag("NAT-CKS-02")
    void incrementalEqualsFull(@ForAll long seed) {
        RandomPackets random = new RandomPackets(seed);
        for (int i = 0; i < PACKETS_A_TRY; i++) {
            Ipv4Packet in = random.next();
            Ipv4Packet out = anyFor(in, random).applyTo(in, ChecksumStatus.VERIFY);
            if (!isRight(out)) {
                throw new AssertionError(in.octets() + " became " + out.octets());
            }
        }
    }

    @Property(tries = 1000)
    void thereAndBackGivesTheIdenticalPacket(@ForAll long seed) {
        RandomPackets random = new RandomPackets(seed);
        for (int i = 0; i < PACKETS_A_TRY / 20; i++) {
            Ipv4Packet in = random.next();
            Rewrite there = change(in, random);

            Ipv4Packet back = there.undone().applyTo(there.applyTo(in, ChecksumStatus.VERIFY), ChecksumStatus.VERIFY);

            assertThat(back).isEqualTo(in);
        }
    }

    @Property(tries = 200)
    void everyMemoryGivesTheSameBytesAsTheImmutablePacket(@ForAll long seed, @ForAll ChecksumStatus checksum) {
        RandomPackets random = new RandomPackets(seed);
        Ipv4Packet in = random.next();
        Rewrite rewrite = anyFor(in, random);
        Octets expected = rewrite.applyTo(in, checksum).octets();
        for (PacketMemory memory : PacketMemory.values()) {
            try (PacketMemory.Held held = memory.hold(in.octets())) {
                rewrite.applyTo(held.window(), checksum);
                assertThat(held.octets()).as("%s", memory).isEqualTo(expected);
            }
        }
    }

    @Property(tries = 500)
    void nothingChangesButTheFieldsOfThatEnd(@ForAll long seed) {
        RandomPackets random = new RandomPackets(seed);
        Ipv4Packet in = random.next();
        Rewrite rewrite = anyFor(in, random);

        byte[] before = in.octets().toByteArray();
        byte[] after = rewrite.applyTo(in, ChecksumStatus.VERIFY).octets().toByteArray();

        for (int at = 0; at < before.length; at++) {
            assertThat(mayChange(in, rewrite.end(), at) || before[at] == after[at])
                    .as("byte %d of %s", at, in.octets())
                    .isTrue();
        }
    }

    private static boolean mayChange(Ipv4Packet packet, End end, int at) {
        int address = end == End.SOURCE ? 12 : 16;
        int identifier = packet.headerLength() + identifierOffset(packet, end);
        int checksum = PlainSum.transportOffset(packet);
        return at == 8
                || at == 10
                || at == 11
                || at >= address && at < address + 4
                || at >= identifier && at < identifier + 2
                || at >= checksum && at < checksum + 2;
    }

    private static boolean isRight(Ipv4Packet packet) {
        OptionalInt full = PlainSum.transport(packet.octets());
        int found = packet.octets().u16(PlainSum.transportOffset(packet));
        return found % 0xffff == full.orElseThrow() % 0xffff
                && packet.headerChecksum() % 0xffff == PlainSum.header(packet.octets()) % 0xffff;
    }

    private static Rewrite anyFor(Ipv4Packet packet, RandomPackets random) {
        Rewrite change = change(packet, random);
        return random.oneOf(change, change.asHop());
    }

    /** A change of what the packet has at one end; sometimes only of the address, or of nothing. */
    private static Rewrite change(Ipv4Packet packet, RandomPackets random) {
        End end = random.oneOf(End.values());
        Ipv4Address from = end == End.SOURCE ? packet.source() : packet.destination();
        int identifier = packet.payload().u16(identifierOffset(packet, end));
        return Rewrite.of(
                end,
                from,
                identifier,
                random.oneOf(random.address(), random.address(), from),
                random.oneOf(random.identifier(), random.identifier(), identifier));
    }

    private static int identifierOffset(Ipv4Packet packet, End end) {
        if (packet.transport() instanceof IcmpMessage) {
            return 4;
        }
        return end == End.SOURCE ? 0 : 2;
    }
}
