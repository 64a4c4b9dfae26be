package io.github.culvert.nat.flow;

import static io.github.culvert.nat.flow.HighWater.IN_FLIGHT;
import static io.github.culvert.nat.flow.HighWater.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpBuilder;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.testkit.bed.Packets;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The marks of how far each side of a connection has come (RFC 5927 section 4.1). */
class HighWaterTest {
    private final ByteBuffer chunk = ByteBuffer.allocate(Record.SIZE);

    private void send(int direction, int sequence, boolean spoilt, ChecksumStatus checksum) {
        TcpBuilder segment =
                TcpSegment.builder().sequence(Integer.toUnsignedLong(sequence)).flags(TcpFlag.ACK);
        Octets packet = Packets.ipv4(Packets.IN1, Packets.OUT1)
                .transport(spoilt ? segment.checksum(0x0bad) : segment)
                .octets();
        byte[] bytes = packet.toByteArray();
        Header header = new Header();
        header.window.open(bytes, 0, bytes.length);
        assertThat(header.read(0)).isEqualTo(Header.READ);
        HighWater.follow(header, direction, checksum, chunk, 0);
    }

    private void send(int direction, int sequence) {
        send(direction, sequence, false, ChecksumStatus.VERIFY);
    }

    private boolean mayBeInFlight(int direction, int sequence) {
        return HighWater.mayBeInFlight(chunk, 0, direction, sequence);
    }

    @Test
    void whatIsNotKnownMayBeInFlight() {
        assertThat(mayBeInFlight(0, 0x4000_0000)).isTrue();
        send(0, 0x1234_5678);
        assertThat(mayBeInFlight(1, 0x4000_0000)).isTrue();
        assertThat(mayBeInFlight(0, 0x4000_0000)).isFalse();
    }

    @Test
    void theBoundsAreExact() {
        int mark = 0x7fff_ff00;
        send(1, mark);
        assertThat(mayBeInFlight(1, mark + STEP)).isTrue();
        assertThat(mayBeInFlight(1, mark + STEP + 1)).isFalse();
        assertThat(mayBeInFlight(1, mark - IN_FLIGHT)).isTrue();
        assertThat(mayBeInFlight(1, mark - IN_FLIGHT - 1)).isFalse();
    }

    /** Wherever a connection starts and however far it goes, what was just sent may be in flight. */
    @Property(tries = 50)
    void neverMissesAGoodSegment(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Record.clear(chunk, 0);
        int[] sequence = {random.nextInt(), random.nextInt()};
        for (int i = 0; i < 500; i++) {
            int direction = random.nextInt(2);
            sequence[direction] += random.nextInt(1 << random.nextInt(1, 22));
            send(direction, sequence[direction]);
            assertThat(mayBeInFlight(direction, sequence[direction])).isTrue();
            int earlier = sequence[direction] - random.nextInt(IN_FLIGHT);
            assertThat(mayBeInFlight(direction, earlier)).isTrue();
        }
    }

    @Test
    void aWrongChecksumMovesNoMark() {
        send(0, 1000);
        int mark = Record.highWater(chunk, 0, 0);
        send(0, 0x5000_0000, true, ChecksumStatus.VERIFY);
        assertThat(Record.highWater(chunk, 0, 0)).isEqualTo(mark);
        send(0, 0x5000_0000, true, ChecksumStatus.TRUSTED);
        assertThat(Record.highWater(chunk, 0, 0)).isEqualTo(0x5000_0000);
    }

    /** Who forges a segment from somewhere else moves the mark until the next good segment puts it right. */
    @Test
    void aForgedSegmentDoesNoLastingHarm() {
        send(0, 0x1000_0000);
        send(0, 0x9000_0000);
        assertThat(mayBeInFlight(0, 0x1000_0000)).isFalse();
        send(0, 0x1000_05b4);
        assertThat(mayBeInFlight(0, 0x1000_05b4)).isTrue();
    }
}
