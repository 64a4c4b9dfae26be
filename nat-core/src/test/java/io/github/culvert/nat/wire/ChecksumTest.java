package io.github.culvert.nat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.testkit.packet.PlainSum;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The arithmetic of RFC 1071 and RFC 1624. */
class ChecksumTest {
    /** The example of RFC 1624 section 4, on which the form of RFC 1141 gives FFFF. */
    @Test
    @Tag("NAT-CKS-01")
    void updatesByEquation3() {
        int delta = Checksum.delta16(0x5555, 0x3285);

        assertThat(Checksum.updated(0xdd2f, delta)).isEqualTo(0x0000);
    }

    @Test
    @Tag("NAT-CKS-07")
    void swapsAnEditAtAnOddOffset() {
        int sum = Checksum.fold(0xaa12L + 0x34bb + 0xcc00);
        assertThat(Checksum.inverse(sum)).isEqualTo(0x5531);

        int delta = Checksum.delta16(0x1234, 0x5001);

        assertThat(Checksum.updated(0x5531, Checksum.swapped(delta))).isEqualTo(0x87f3);
        assertThat(Checksum.updated(0x5531, delta)).as("not swapped").isEqualTo(0x1764);
    }

    @Property(tries = 2000)
    @net.jqwik.api.Tag("NAT-CKS-07")
    void anEditAtAnyOffsetAgreesWithSummingAgain(
            @ForAll @Size(min = 4, max = 9) byte[] bytes, @ForAll short value, @ForAll @IntRange(max = 2) int offset) {
        int before = PlainSum.checksum(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int delta = Checksum.delta16(buffer.getShort(offset), value);
        buffer.putShort(offset, value);

        int updated = Checksum.updated(before, offset % 2 == 0 ? delta : Checksum.swapped(delta));

        assertThat(updated % 0xffff).isEqualTo(PlainSum.checksum(bytes) % 0xffff);
    }

    @Property(tries = 2000)
    void foldsToTheSameModulo65535(@ForAll long sum) {
        long expected = Long.remainderUnsigned(sum, 0xffff);

        assertThat(Checksum.fold(sum)).isBetween(0, 0xffff);
        assertThat(Checksum.fold(sum) % 0xffff).isEqualTo((int) expected);
        assertThat(Checksum.fold(sum) == 0).isEqualTo(sum == 0);
    }

    @Property(tries = 2000)
    void addsTheFourWordsOfALong(@ForAll long words) {
        long plain = (words >>> 48) + (words >>> 32 & 0xffff) + (words >>> 16 & 0xffff) + (words & 0xffff);

        assertThat(Checksum.fold(Checksum.sumOf(words))).isEqualTo(Checksum.fold(plain));
    }

    @Property(tries = 2000)
    void aWideDeltaIsThatOfItsTwoWords(@ForAll int from, @ForAll int to) {
        int both = Checksum.plus(Checksum.delta16(from >>> 16, to >>> 16), Checksum.delta16(from, to));

        assertThat(Checksum.delta32(from, to)).isEqualTo(both);
    }

    @Property(tries = 2000)
    void theInverseTakesAChangeBack(
            @ForAll @IntRange(max = 0xfffe) int checksum, @ForAll @IntRange(max = 0xffff) int delta) {
        int there = Checksum.updated(checksum, delta);

        assertThat(Checksum.updated(there, Checksum.inverse(delta))).isEqualTo(checksum);
    }

    @Property(tries = 2000)
    void ofUdpZeroStaysAndNothingElseBecomesZero(
            @ForAll @IntRange(min = 1, max = 0xffff) int checksum, @ForAll @IntRange(max = 0xffff) int delta) {
        assertThat(Checksum.updatedUdp(0, delta)).isZero();
        assertThat(Checksum.updatedUdp(checksum, delta)).isBetween(1, 0xffff);
        assertThat(Checksum.updatedUdp(checksum, delta) % 0xffff).isEqualTo(Checksum.updated(checksum, delta) % 0xffff);
    }

    @Property(tries = 2000)
    void aPartialFieldAddsAndGoesBack(
            @ForAll @IntRange(min = 1, max = 0xffff) int field, @ForAll int from, @ForAll int to) {
        int delta = Checksum.delta32(from, to);
        int there = Checksum.updatedPartial(field, delta);

        assertThat(there).isEqualTo(Checksum.fold((long) field + delta));
        assertThat(Checksum.updatedPartial(there, Checksum.inverse(delta))).isEqualTo(field);
    }
}
