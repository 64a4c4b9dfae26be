package io.github.culvert.nat.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.allocation.AllocationMeter;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The memory that fragments take is what the machine says it is: from the empty store to one that takes no more, not
 * more bytes are allocated in all than the limit says, indexes and objects included. A full store refuses for nothing.
 */
class FragmentMemoryAllocationIT {
    private static final FragmentPolicy POLICY =
            FragmentPolicy.STANDARD.withBytesPerSource(4 << 20).withPiecesPerDatagram(8192);

    private final AllocationMeter meter = AllocationMeter.orSkip();
    private final Outbox outbox = new Outbox(UnpooledByteBufAllocator.DEFAULT);
    private final Piece piece = new Piece();
    private final PacketWindow window = new PacketWindow();

    private static byte[] fragment(int number, int datagrams, int payload) {
        int datagram = number % datagrams;
        return Packets.ipv4(new Ipv4Address(Packets.IN1.bits() + datagram), Packets.OUT1)
                .protocol(17)
                .identification(datagram & 0xffff)
                .fragmentOffset(8 + number / datagrams * payload)
                .moreFragments()
                .payload(Octets.of(new byte[payload]))
                .octets()
                .toByteArray();
    }

    private int arrive(FragmentStore store, byte[] bytes) {
        window.open(bytes, 0, bytes.length);
        meter.start();
        piece.read(window, bytes.length, Verdict.OUTBOUND, ChecksumStatus.VERIFY);
        int verdict = store.arrive(piece, 0, 0);
        meter.stop();
        return verdict;
    }

    @ParameterizedTest
    @CsvSource({"1000000,8", "1000000,1480", "200,8", "2000,24", "100,1480"})
    @Tag("NAT-FRAG-02")
    void isWhatTheMachineAllocates(int datagrams, int payload) {
        meter.reset();
        meter.start();
        FragmentStore store =
                new FragmentStore(POLICY, 100, new SplittableRandom(1), outbox, (first, direction, tick) -> {});
        meter.stop();
        int held = 0;
        int charged = 0;
        long allocated = 0;
        while (arrive(store, fragment(held, datagrams, payload)) == Verdict.HELD) {
            held++;
            charged = store.bytes();
            allocated = meter.bytes();
        }
        assertThat(charged).isBetween(POLICY.bytes() * 9 / 10, POLICY.bytes());
        assertThat(allocated).isBetween(charged / 2L, (long) POLICY.bytes());
        byte[] late = fragment(1_000_001, 2_000_000, 8);
        assertThat(meter.leastOf(1000, () -> arrive(store, late))).isZero();
        outbox.clear();
    }
}
