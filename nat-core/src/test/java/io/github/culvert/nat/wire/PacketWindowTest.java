package io.github.culvert.nat.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.packet.PacketMemory;
import io.github.culvert.nat.testkit.packet.PlainSum;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Every memory reads, writes and sums alike; the reference is a big-endian {@link ByteBuffer}. */
class PacketWindowTest {
    @Property(tries = 100)
    void readsTheSameInEveryMemory(
            @ForAll @Size(min = 8, max = 30) byte[] bytes, @ForAll @IntRange(max = 21) int anyOffset) {
        int offset = anyOffset % (bytes.length - 7);
        ByteBuffer reference = ByteBuffer.wrap(bytes);
        for (PacketMemory memory : PacketMemory.values()) {
            try (PacketMemory.Held held = memory.hold(Octets.of(bytes))) {
                PacketWindow window = held.window();
                assertThat(window.length()).as("%s", memory).isEqualTo(bytes.length);
                assertThat(window.u8(offset)).as("%s", memory).isEqualTo(reference.get(offset) & 0xff);
                assertThat(window.u16(offset)).as("%s", memory).isEqualTo(reference.getShort(offset) & 0xffff);
                assertThat(window.i32(offset)).as("%s", memory).isEqualTo(reference.getInt(offset));
                assertThat(window.i64(offset)).as("%s", memory).isEqualTo(reference.getLong(offset));
            }
        }
    }

    @Property(tries = 100)
    void writesTheSameInEveryMemory(
            @ForAll @Size(min = 14, max = 30) byte[] bytes, @ForAll long value, @ForAll @IntRange(max = 16) int any) {
        int offset = any % (bytes.length - 13);
        ByteBuffer reference = ByteBuffer.wrap(bytes.clone());
        reference.putLong(offset, value).putInt(offset + 8, (int) (value >>> 7)).putShort(offset + 12, (short) value);
        reference.put(offset + 3, (byte) (value >>> 9));
        for (PacketMemory memory : PacketMemory.values()) {
            try (PacketMemory.Held held = memory.hold(Octets.of(bytes))) {
                held.window().put64(offset, value);
                held.window().put32(offset + 8, (int) (value >>> 7));
                held.window().put16(offset + 12, (int) value);
                held.window().put8(offset + 3, (int) (value >>> 9));
                assertThat(held.octets()).as("%s", memory).isEqualTo(Octets.of(reference.array()));
            }
        }
    }

    @Property(tries = 100)
    void sumsTheSameInEveryMemory(@ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 40) int any) {
        int offset = any % (bytes.length + 1);
        Octets octets = Octets.of(bytes);
        int expected = PlainSum.checksum(octets.from(offset).toByteArray());
        for (PacketMemory memory : PacketMemory.values()) {
            try (PacketMemory.Held held = memory.hold(octets)) {
                long sum = held.window().sum(offset, bytes.length - offset);
                assertThat(Checksum.ofSum(sum)).as("%s", memory).isEqualTo(expected);
            }
        }
    }

    @Test
    void shortensButNeverLengthens() {
        PacketWindow window = new PacketWindow();
        window.open(new byte[10], 2, 6);

        window.shorten(7);
        assertThat(window.length()).isEqualTo(6);
        window.shorten(5);
        assertThat(window.length()).isEqualTo(5);
    }

    @Test
    void forgetsThePacketWhenClosed() {
        PacketWindow window = new PacketWindow();
        window.open(ByteBuffer.allocateDirect(8));
        window.close();

        assertThat(window.length()).isZero();
        assertThatThrownBy(() -> window.u8(0)).isInstanceOf(IllegalStateException.class);
    }
}
