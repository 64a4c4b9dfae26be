package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Records against a map of what was written into them. */
class RecordsTest {
    @Property(tries = 20)
    void keepsWhatIsWrittenAndGivesFreshRecords(
            @ForAll long seed, @ForAll @IntRange(min = 10, max = 40_000) int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        Records records = new Records();
        Map<Integer, Byte> written = new HashMap<>();
        int most = 0;
        for (int step = 0; step < steps; step++) {
            int ref = random.nextInt(Math.max(1, records.end()));
            if (random.nextInt(3) == 0 && written.containsKey(ref)) {
                assertThat(isAll(records, ref, written.remove(ref))).isTrue();
                records.free(ref);
            } else {
                allocate(records, written, (byte) random.nextInt());
            }
            most = Math.max(most, written.size());
            assertThat(records.live()).isEqualTo(written.size());
            assertThat(records.end()).isEqualTo(most + 1);
        }
        written.forEach((ref, value) -> assertThat(isAll(records, ref, value)).isTrue());
    }

    private static void allocate(Records records, Map<Integer, Byte> written, byte value) {
        int ref = records.allocate();
        assertThat(isAll(records, ref, (byte) 0)).as("zeros in %d", ref).isTrue();
        fill(records, ref, value);
        assertThat(written.put(ref, value)).isNull();
    }

    private static void fill(Records records, int ref, byte value) {
        for (int i = 0; i < Record.SIZE; i++) {
            records.chunk(ref).put(Records.at(ref) + i, value);
        }
    }

    private static boolean isAll(Records records, int ref, byte value) {
        for (int i = 0; i < Record.SIZE; i++) {
            if (records.chunk(ref).get(Records.at(ref) + i) != value) {
                return false;
            }
        }
        return true;
    }

    @Test
    void eachRecordIsACacheLineOfItsOwn() {
        Records records = new Records();
        for (int i = 0; i < 20_000; i++) {
            int ref = records.allocate();
            ByteBuffer chunk = records.chunk(ref);
            assertThat(chunk.alignmentOffset(Records.at(ref), Record.SIZE)).isZero();
        }
        assertThat(records.memory()).isEqualTo(3L * 8192 * 64);
    }

    @Test
    void countsPacketsAndBytesOfBothDirectionsApart() {
        Records records = new Records();
        int ref = records.allocate();
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        Record.link(chunk, at, 0x5555_5555);
        for (int i = 0; i < 70_000; i++) {
            Record.count(chunk, at, 0, 65_535);
            Record.count(chunk, at, 1, 1 + (i & 1));
        }
        assertThat(Record.packets(chunk, at, 0)).isEqualTo(70_000);
        assertThat(Record.bytes(chunk, at, 0)).isEqualTo(70_000L * 65_535);
        assertThat(Record.bytes(chunk, at, 1)).isEqualTo(105_000);
        assertThat(Record.link(chunk, at)).isEqualTo(0x5555_5555);
    }
}
