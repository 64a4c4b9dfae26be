package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.ChecksumStatus.VERIFY;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.BufferForm;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Refs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who owns what in a batch, whatever happens in its middle. Small and large tables take different ways. */
class BatchContractTest {
    private static final int SIZE = 8;

    private final Random random = new Random(1);
    private final Refs sink = new Refs(packet -> assertThat(packet.refCnt()).isEqualTo(1));
    private final List<BufferForm.Made> made = new ArrayList<>();
    private final PacketBatch batch = new PacketBatch(SIZE);

    private static NatEngine engine(boolean large, ByteBufAllocator copies) {
        NatEngine engine = NatEngine.builder(config(EXT1)).allocator(copies).build();
        NatBed bed = new NatBed(engine);
        bed.send(Fate.TO_OUTSIDE.from, Fate.TO_OUTSIDE.packet, VERIFY);
        if (large) {
            LargeTable.fill(bed);
        }
        return engine;
    }

    private static NatEngine engine(boolean large) {
        return engine(large, UnpooledByteBufAllocator.DEFAULT);
    }

    /** All four fates in turn, twice. */
    private void fill(BufferForm form) {
        for (int lane = 0; lane < SIZE; lane++) {
            Fate fate = fate(lane);
            made.add(form.make(fate.packet, random));
            batch.add(made.get(lane).packet(), fate.from, VERIFY);
        }
    }

    private static Fate fate(int lane) {
        return Fate.values()[lane % 4];
    }

    private void nothingIsLeft() {
        sink.release();
        assertThat(batch.size()).isZero();
        for (BufferForm.Made one : made) {
            assertThat(one.packet().refCnt()).isEqualTo(one.others());
            if (one.others() > 0) {
                one.packet().release(one.others());
            }
        }
        made.clear();
    }

    static Stream<Arguments> everyTableFormAndLane() {
        return Stream.of(false, true)
                .flatMap(large -> Stream.of(BufferForm.HEAP, BufferForm.READ_ONLY, BufferForm.SHARED)
                        .flatMap(form -> IntStream.range(0, SIZE).mapToObj(lane -> Arguments.of(large, form, lane))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSinkIsGivenAllInTheirOrder(boolean large) {
        for (BufferForm form : BufferForm.values()) {
            fill(form);
            engine(large).translate(batch, 0, sink);
            List<Octets> expected = IntStream.range(0, SIZE)
                    .mapToObj(BatchContractTest::fate)
                    .filter(fate -> fate != Fate.REFUSED)
                    .map(fate -> fate.after)
                    .toList();
            assertThat(sink.owned()).extracting(Octets::copyOf).isEqualTo(expected);
            nothingIsLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("everyTableFormAndLane")
    void anExceptionOfTheSinkGetsOutAndTheRestIsReleased(boolean large, BufferForm form, int lane) {
        NatEngine engine = engine(large);
        fill(form);
        sink.throwingAt(lane);
        assertThatExceptionOfType(Refs.OnPurpose.class).isThrownBy(() -> engine.translate(batch, 0, sink));
        assertThat(sink.given()).isEqualTo(lane + 1);
        nothingIsLeft();
        fill(form);
        engine.translate(batch, 0, sink);
        assertThat(sink.given()).isEqualTo(lane + 1 + SIZE);
        nothingIsLeft();
    }

    @ParameterizedTest
    @MethodSource("everyTableFormAndLane")
    void anAllocatorThatRunsOutOfMemoryTakesNoPacketWithIt(boolean large, BufferForm form, int lane) {
        NatEngine engine = engine(large, new NoMemory(lane));
        fill(form);
        if (form.mustBeCopied()) {
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> engine.translate(batch, 0, sink));
        } else {
            engine.translate(batch, 0, sink);
        }
        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anErrorOfAListenerTakesNoPacketWithIt(boolean large) {
        boolean[] on = {false};
        NatEngine engine = NatEngine.builder(config(EXT1))
                .listener(event -> {
                    if (on[0]) {
                        throw new AssertionError("on purpose");
                    }
                })
                .build();
        if (large) {
            LargeTable.fill(new NatBed(engine));
        }
        on[0] = true;
        fill(BufferForm.DIRECT);
        assertThatThrownBy(() -> engine.translate(batch, 0, sink)).hasMessage("on purpose");
        nothingIsLeft();
    }

    /**
     * The first packet ends a session whose time is up and takes its public port, the second opens the same session anew
     * at another port: the third, sent to the old port, is for neither.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPacketThatWasLookedUpBeforeTheTableChangedIsLookedUpAgain(boolean large) {
        NatEngine engine = engine(large);
        NatBed bed = new NatBed(engine);
        bed.at(299).advance();
        bed.fromInside(udp(IN2, 7000, OUT2, 53));
        batch.add(
                BufferForm.HEAP.make(udp(IN2, 5000, OUT2, 53).octets(), random).packet(), Side.INSIDE, VERIFY);
        batch.add(
                BufferForm.HEAP.make(udp(IN1, 5000, OUT1, 53).octets(), random).packet(), Side.INSIDE, VERIFY);
        batch.add(
                BufferForm.HEAP.make(udp(OUT1, 53, EXT1, 5000).octets(), random).packet(), Side.OUTSIDE, VERIFY);
        bed.at(301);
        engine.translate(batch, bed.clock().nanos(), sink);
        assertThat(sink.owned()).hasSize(2);
        assertThat(Octets.copyOf(sink.owned().get(0)))
                .isEqualTo(udp(EXT1, 5000, OUT2, 53).octets());
        assertThat(engine.counters().refused(Refusal.FILTERED)).isEqualTo(1);
        nothingIsLeft();
    }

    @Test
    void anEmptyBatchGivesNothing() {
        engine(false).translate(batch, 0, sink);
        assertThat(sink.given()).isZero();
    }

    @Test
    void aFullBatchLeavesThePacketWithTheCaller() {
        fill(BufferForm.HEAP);
        ByteBuf more = Unpooled.buffer();
        assertThatIllegalStateException()
                .isThrownBy(() -> batch.add(more, Fate.TO_HOST.from, VERIFY))
                .withMessageContaining("8");
        assertThat(more.release()).isTrue();
        batch.clear();
        nothingIsLeft();
    }

    @Test
    void clearingReleasesAll() {
        fill(BufferForm.POOLED_DIRECT);
        assertThat(batch.size()).isEqualTo(SIZE);
        batch.clear();
        nothingIsLeft();
    }

    @Test
    void theCapacityHasBounds() {
        assertThat(new PacketBatch(1024).capacity()).isEqualTo(1024);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PacketBatch(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PacketBatch(1025))
                .withMessageContaining("1025");
    }
}
