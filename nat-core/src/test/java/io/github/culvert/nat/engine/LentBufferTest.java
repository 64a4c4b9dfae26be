package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.ChecksumStatus.VERIFY;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrays and NIO buffers are only lent, to the engine and by it to the sink. */
class LentBufferTest {
    private static final Octets PADDING = Octets.fromHex("ffffffffffff");

    private final NatEngine engine = NatEngine.builder(config(EXT1)).build();
    private final List<ByteBuffer> given = new ArrayList<>();
    private final List<Octets> seen = new ArrayList<>();
    private final PacketSink<ByteBuffer> sink = new Looking();

    @BeforeEach
    void openASession() {
        new NatBed(engine).send(Fate.TO_OUTSIDE.from, Fate.TO_OUTSIDE.packet, VERIFY);
    }

    private static ByteBuffer behind(int headroom, Octets bytes, boolean direct) {
        int capacity = headroom + bytes.length() + 9;
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        buffer.position(headroom)
                .put(bytes.toByteArray())
                .limit(buffer.position())
                .position(headroom);
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Octets content(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Octets.of(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void theSinkIsGivenTheVeryBuffer(Fate fate) {
        for (boolean direct : new boolean[] {false, true}) {
            ByteBuffer packet = behind(7, fate.packet, direct);
            engine.translate(packet, fate.from, VERIFY, 0, sink);
            assertThat(given).last().isSameAs(packet);
            assertThat(seen).last().isEqualTo(fate.after);
            assertThat(packet.position()).isEqualTo(7);
            assertThat(packet.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLimitIsTheEndOfThePacketWhereItIsTranslated(Fate fate) {
        ByteBuffer packet = behind(3, fate.packet.then(PADDING), true);
        engine.translate(packet, fate.from, VERIFY, 0, sink);
        assertThat(content(packet)).isEqualTo(fate.isTranslated() ? fate.after : fate.after.then(PADDING));
    }

    @ParameterizedTest
    @EnumSource
    void aPartOfAnArrayIsLentOnTheArray(Fate fate) {
        byte[] array = new byte[100];
        System.arraycopy(fate.packet.toByteArray(), 0, array, 50, fate.packet.length());
        engine.translate(array, 50, fate.packet.length(), fate.from, VERIFY, 0, sink);
        assertThat(given).singleElement().matches(buffer -> buffer.array() == array);
        assertThat(seen).containsExactly(fate.after);
        assertThat(Octets.of(array).slice(50, fate.after.length())).isEqualTo(fate.after);
        assertThat(Octets.of(array).slice(0, 50)).isEqualTo(Octets.of(new byte[50]));
    }

    @Test
    void arraysOfDifferentLengthsMayFollowEachOther() {
        for (int room : new int[] {100, 40, 4000, 40}) {
            byte[] array = new byte[room];
            System.arraycopy(Fate.TO_INSIDE.packet.toByteArray(), 0, array, room - 32, 32);
            engine.translate(array, room - 32, 32, Fate.TO_INSIDE.from, VERIFY, 0, sink);
            assertThat(seen).last().isEqualTo(Fate.TO_INSIDE.after);
        }
    }

    @Test
    void aReadOnlyBufferIsRefusedBeforeAnythingHappens() {
        ByteBuffer packet = behind(0, Fate.TO_INSIDE.packet, false).asReadOnlyBuffer();
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> engine.translate(packet, Fate.TO_INSIDE.from, VERIFY, 0, sink));
        assertThat(given).isEmpty();
    }

    @Test
    void aRangeOutsideOfTheArrayIsAMistakeOfTheCaller() {
        for (int[] range : new int[][] {{-1, 5}, {0, 33}, {30, 3}, {5, -1}, {Integer.MAX_VALUE, 5}}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() ->
                            engine.translate(new byte[32], range[0], range[1], Fate.TO_HOST.from, VERIFY, 0, sink));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionOfTheSinkGetsOutAndTheEngineGoesOn(Fate fate) {
        PacketSink<ByteBuffer> throwing = new Looking() {
            @Override
            void look(ByteBuffer packet) {
                throw new IllegalStateException("on purpose");
            }
        };
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> engine.translate(behind(0, fate.packet, false), fate.from, VERIFY, 0, throwing))
                .withMessage("on purpose");
        engine.translate(behind(0, Fate.TO_INSIDE.packet, false), Fate.TO_INSIDE.from, VERIFY, 0, sink);
        assertThat(seen).containsExactly(Fate.TO_INSIDE.after);
    }

    private class Looking implements PacketSink<ByteBuffer> {
        void look(ByteBuffer packet) {
            given.add(packet);
            seen.add(content(packet));
        }

        @Override
        public void toInside(ByteBuffer packet) {
            look(packet);
        }

        @Override
        public void toOutside(ByteBuffer packet) {
            look(packet);
        }

        @Override
        public void toHost(ByteBuffer packet, HostTraffic kind) {
            look(packet);
        }

        @Override
        public void refused(ByteBuffer packet, Refusal reason) {
            look(packet);
        }
    }
}
