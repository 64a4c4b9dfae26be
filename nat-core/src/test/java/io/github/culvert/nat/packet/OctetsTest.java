package io.github.culvert.nat.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OctetsTest {
    @Test
    void keepsACopyAndGivesCopies() {
        byte[] given = {1, 2, 3};
        Octets octets = Octets.of(given);
        given[0] = 9;
        octets.toByteArray()[1] = 9;

        assertThat(octets.toByteArray()).containsExactly(1, 2, 3);
    }

    @Property(tries = 500)
    void readsNumbersWithTheFirstByteHighest(@ForAll @Size(8) byte[] bytes, @ForAll @Size(max = 3) byte[] before) {
        Octets octets = Octets.of(before).then(Octets.of(bytes)).from(before.length);
        ByteBuffer reference = ByteBuffer.wrap(bytes);

        assertThat(octets.u8(7)).isEqualTo(reference.get(7) & 0xff);
        assertThat(octets.u16(3)).isEqualTo(reference.getShort(3) & 0xffff);
        assertThat(octets.i32(2)).isEqualTo(reference.getInt(2));
        assertThat(octets.u32(2)).isEqualTo(reference.getInt(2) & 0xffff_ffffL);
        assertThat(octets.i64(0)).isEqualTo(reference.getLong(0));
    }

    @Property(tries = 500)
    void hexGoesThereAndBack(@ForAll @Size(max = 20) byte[] bytes) {
        Octets octets = Octets.of(bytes);

        assertThat(Octets.fromHex(octets.toString())).isEqualTo(octets);
    }

    @Test
    void readsHexInAnyCaseAndSpacing() {
        assertThat(Octets.fromHex(" 0a FF\n10 ")).isEqualTo(Octets.of((byte) 10, (byte) -1, (byte) 16));
        assertThatThrownBy(() -> Octets.fromHex("0g")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Octets.fromHex("0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void aSliceEqualsACopyOfIt(@ForAll @Size(10) byte[] bytes, @ForAll @IntRange(max = 10) int start) {
        Octets slice = Octets.of(bytes).slice(start, 10 - start);
        byte[] copy = java.util.Arrays.copyOfRange(bytes, start, 10);

        assertThat(slice).isEqualTo(Octets.of(copy)).hasSameHashCodeAs(Octets.of(copy));
        assertThat(slice.toByteArray()).isEqualTo(copy);
        assertThat(slice).hasToString(Octets.of(copy).toString());
    }

    @Test
    void differsInContentAndLength() {
        assertThat(Octets.fromHex("0102")).isNotEqualTo(Octets.fromHex("0103")).isNotEqualTo(Octets.fromHex("01"));
        assertThat(Octets.empty()).isEqualTo(Octets.of()).isNotEqualTo(Octets.fromHex("00"));
        assertThat(Octets.empty().isEmpty()).isTrue();
    }

    @Test
    void stopsAtItsOwnEnds() {
        Octets middle = Octets.fromHex("0001020304050607").slice(2, 4);

        assertThatThrownBy(() -> middle.u8(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> middle.u8(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> middle.u16(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> middle.i32(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> middle.i64(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> middle.slice(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void copiesFromAndWritesToNettyBuffers() {
        ByteBuf buffer =
                Unpooled.directBuffer().writeBytes(new byte[] {9, 1, 2}).skipBytes(1);
        try {
            Octets octets = Octets.copyOf(buffer);
            octets.from(1).writeTo(buffer);

            assertThat(octets).isEqualTo(Octets.fromHex("0102"));
            assertThat(Octets.copyOf(buffer)).isEqualTo(Octets.fromHex("010202"));
        } finally {
            buffer.release();
        }
    }
}
