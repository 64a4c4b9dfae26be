package io.github.culvert.nat.engine;

import static io.github.culvert.nat.mapping.Side.INSIDE;
import static io.github.culvert.nat.packet.ChecksumStatus.VERIFY;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.BufferForm;
import io.github.culvert.nat.testkit.bed.Refs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who owns what, what is copied and what is kept, for Netty buffers one by one. */
class BufferContractTest {
    private static final NatConfig CONFIG = config(EXT1);

    private final UnpooledByteBufAllocator copies = new UnpooledByteBufAllocator(false);
    private final NatEngine engine = NatEngine.builder(CONFIG).allocator(copies).build();
    private final Refs sink = new Refs(packet -> assertThat(packet.refCnt()).isPositive());
    private final Random random = new Random(1);

    @BeforeEach
    void openASession() {
        translate(Fate.TO_OUTSIDE, Unpooled.wrappedBuffer(Fate.TO_OUTSIDE.packet.toByteArray()));
        sink.release();
    }

    @AfterEach
    void everyCopyIsReleased() {
        assertThat(copies.metric().usedHeapMemory()).isZero();
        assertThat(copies.metric().usedDirectMemory()).isZero();
    }

    private void translate(Fate fate, ByteBuf packet) {
        engine.translate(packet, fate.from, VERIFY, 0, sink);
    }

    static Stream<Arguments> everyFormAndFate() {
        return Arrays.stream(BufferForm.values())
                .flatMap(form -> Arrays.stream(Fate.values()).map(fate -> Arguments.of(form, fate)));
    }

    @ParameterizedTest
    @MethodSource("everyFormAndFate")
    void theSinkOwnsWhatItIsHandedAndTheEngineReleasesWhatItRefuses(BufferForm form, Fate fate) {
        BufferForm.Made made = form.make(fate.packet, random);
        Refs looking = new Refs(packet -> assertThat(Octets.copyOf(packet)).isEqualTo(fate.after));
        engine.translate(made.packet(), fate.from, VERIFY, 0, looking);
        assertThat(looking.given()).isEqualTo(1);
        assertThat(looking.owned()).hasSize(fate == Fate.REFUSED ? 0 : 1).allMatch(packet -> packet.refCnt() == 1);
        looking.release();
        assertThat(made.packet().refCnt()).isEqualTo(made.others());
        giveBack(made);
    }

    private static void giveBack(BufferForm.Made made) {
        if (made.others() > 0) {
            made.packet().release(made.others());
        }
    }

    @ParameterizedTest
    @MethodSource("everyFormAndFate")
    void onlyWhatMustNotBeWrittenIsCopiedThroughTheAllocatorGiven(BufferForm form, Fate fate) {
        BufferForm.Made made = form.make(fate.packet, random);
        Refs looking = new Refs(packet ->
                assertThat(packet.alloc() == copies && packet != made.packet()).isEqualTo(form.mustBeCopied()));
        engine.translate(made.packet(), fate.from, VERIFY, 0, looking);
        assertThat(engine.counters().copied()).isEqualTo(form.mustBeCopied() ? 1 : 0);
        looking.release();
        giveBack(made);
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyElseReadsIsNotWrittenTo(Fate fate) {
        ByteBuf packet = Unpooled.copiedBuffer(fate.packet.toByteArray()).retain();
        translate(fate, packet);
        sink.release();
        assertThat(packet.refCnt()).isEqualTo(1);
        assertThat(Octets.copyOf(packet)).isEqualTo(fate.packet);
        packet.release();
    }

    @ParameterizedTest
    @EnumSource
    void whatStandsBeforeThePacketIsKept(Fate fate) {
        ByteBuf packet = Unpooled.buffer().writeInt(0x01020304).writeBytes(fate.packet.toByteArray());
        translate(fate, packet.readerIndex(4));
        sink.owned().forEach(out -> {
            assertThat(out.readerIndex()).isEqualTo(4);
            assertThat(out.getInt(0)).isEqualTo(0x01020304);
        });
        sink.release();
    }

    @ParameterizedTest
    @EnumSource
    void paddingIsCutWhereThePacketIsTranslatedAndLeftWhereNot(Fate fate) {
        Octets padding = Octets.fromHex("ffffffffffff");
        translate(fate, Unpooled.wrappedBuffer(fate.packet.then(padding).toByteArray()));
        Octets expected = fate.isTranslated() ? fate.after : fate.after.then(padding);
        assertThat(sink.owned()).allMatch(out -> Octets.copyOf(out).equals(expected));
        sink.release();
    }

    /** Slices that were cut from one buffer of a pool, as a decoder of frames does, have reference counts of their own. */
    @Test
    void framesOfOnePooledBufferAreTranslatedInPlaceAndKeepApart() {
        ByteBuf stream = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (Fate fate : Fate.values()) {
            stream.writeInt(0x0a0b0c0d).writeBytes(fate.packet.toByteArray());
        }
        for (Fate fate : Fate.values()) {
            assertThat(stream.readInt()).isEqualTo(0x0a0b0c0d);
            translate(fate, stream.readRetainedSlice(fate.packet.length()));
        }
        assertThat(sink.owned())
                .extracting(Octets::copyOf)
                .containsExactly(Fate.TO_OUTSIDE.after, Fate.TO_INSIDE.after, Fate.TO_HOST.after);
        assertThat(engine.counters().copied()).isZero();
        sink.release();
        assertThat(stream.release()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyFormAndFate")
    void anExceptionOfTheSinkGetsOutAndNothingLeaks(BufferForm form, Fate fate) {
        BufferForm.Made made = form.make(fate.packet, random);
        sink.throwingAt(0);
        assertThatExceptionOfType(Refs.OnPurpose.class).isThrownBy(() -> translate(fate, made.packet()));
        sink.release();
        assertThat(made.packet().refCnt()).isEqualTo(made.others());
        giveBack(made);
        translate(Fate.TO_INSIDE, Unpooled.copiedBuffer(Fate.TO_INSIDE.packet.toByteArray()));
        assertThat(sink.owned()).extracting(Octets::copyOf).containsExactly(Fate.TO_INSIDE.after);
        sink.release();
    }

    @Test
    void anAllocatorWithoutMemoryTakesNoPacketWithIt() {
        NatEngine poor = NatEngine.builder(CONFIG).allocator(new NoMemory()).build();
        ByteBuf packet = Unpooled.copiedBuffer(Fate.TO_OUTSIDE.packet.toByteArray());
        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> poor.translate(packet.asReadOnly(), INSIDE, VERIFY, 0, sink));
        assertThat(packet.refCnt()).isZero();
        assertThat(poor.counters().copied()).isZero();
    }

    /** An error of somebody else's code is not caught, but the packet is not lost with it. */
    @Test
    void anErrorOfAListenerTakesNoPacketWithIt() {
        NatEngine watched = NatEngine.builder(CONFIG)
                .listener(event -> {
                    throw new AssertionError("on purpose");
                })
                .build();
        ByteBuf packet = Unpooled.copiedBuffer(Fate.TO_OUTSIDE.packet.toByteArray());
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> watched.translate(packet, INSIDE, VERIFY, 0, sink))
                .withMessage("on purpose");
        assertThat(packet.refCnt()).isZero();
    }

    @Test
    void aPacketOfTheHostIsHandedOnAsItIs() {
        ByteBuf packet = Unpooled.copiedBuffer(
                ipv4(EXT1, OUT1).udp(5000, 53, Octets.fromHex("61")).octets().toByteArray());
        engine.translate(packet, io.github.culvert.nat.mapping.Side.HOST, VERIFY, 0, sink);
        assertThat(sink.owned()).containsExactly(packet);
        sink.release();
    }
}
