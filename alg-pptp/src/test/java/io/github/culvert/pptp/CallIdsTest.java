package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How outside Call IDs are chosen. */
class CallIdsTest {
    private final Dialogue dialogue = Dialogue.dialledFromInside().started();

    private int outsideOf(int insideId) {
        return dialogue.inside(Messages.outgoingRequest(insideId)).id(12);
    }

    @Test
    void aCallIdThatIsFreeIsKept() {
        assertThat(outsideOf(0x1234)).isEqualTo(0x1234);
        assertThat(outsideOf(0xfffe)).isEqualTo(0xfffe);
        assertThat(outsideOf(0x0001)).isEqualTo(0x0001);
    }

    @Test
    void theHighByteIsKeptIfAnyUnderItIsFree() {
        dialogue.nat.leave(0x12ab, 0x3434);
        assertThat(outsideOf(0x1234)).isEqualTo(0x12ab);
    }

    @Test
    void theLowByteIsKeptUnderAnotherHighByte() {
        dialogue.nat.leave(0x5000, 0x5033, 0x5034, 0x50ff);
        assertThat(outsideOf(0x1234)).isEqualTo(0x5034);
    }

    @Test
    void whatCannotBeKeptIsUnpredictable() {
        long different = IntStream.range(0, 50)
                .map(seed -> {
                    Dialogue other = Dialogue.dialledFromInside().started();
                    other.nat.random.setSeed(seed * 7919L);
                    other.nat.take(0x1200, 0x12ff);
                    return other.inside(Messages.outgoingRequest(0x1234)).id(12) >>> 8;
                })
                .distinct()
                .count();
        assertThat(different).isGreaterThan(30);
    }

    @Test
    void anInsideHighByteHasOneOutside() {
        dialogue.nat.take(0x1200, 0x12ff);
        int high = outsideOf(0x1201) >>> 8;
        assertThat(high).isNotEqualTo(0x12);
        dialogue.nat.free(0x1277);
        assertThat(outsideOf(0x1277) >>> 8).isEqualTo(high);
    }

    @Test
    void anOutsideHighByteIsThatOfOneInside() {
        dialogue.nat.leave(0x5001, 0x5002, 0x6001);
        assertThat(outsideOf(0x5001)).isEqualTo(0x5001);
        assertThat(outsideOf(0x1234)).isEqualTo(0x6001);
        assertThat(outsideOf(0x1235)).as("rather than none").isEqualTo(0x5002);
    }

    @Test
    void aHighByteThatStandsForAnotherIsNotKept() {
        dialogue.nat.leave(0x5001, 0x6001);
        assertThat(outsideOf(0x5001)).isEqualTo(0x5001);
        dialogue.nat.take(0, 0x5fff);
        assertThat(outsideOf(0x1234)).isEqualTo(0x6001);
        dialogue.nat.free(0x6002);
        dialogue.nat.free(0x7002);
        assertThat(outsideOf(0x6002)).isEqualTo(0x7002);
    }
}
