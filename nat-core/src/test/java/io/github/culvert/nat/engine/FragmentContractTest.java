package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.packet.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who owns the buffers of a datagram in fragments, whatever happens; and what the rest of the engine sees of it. */
class FragmentContractTest {
    private static final NatConfig CONFIG = config(EXT1);
    private static final Ipv4Packet PACKET =
            ipv4(IN1, OUT1).udp(5000, 53, Octets.of(new byte[100])).build();
    private static final List<Octets> PIECES = Fragments.cut(PACKET, 24, 64);
    private static final NatConfig NARROW = CONFIG.withPath(PathPolicy.STANDARD.withOutsideMtu(68));

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final NatEngine engine =
            NatEngine.builder(CONFIG).allocator(allocator).build();

    private long inUse() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    private static void send(NatEngine engine, Octets packet, PacketSink<ByteBuf> sink) {
        ByteBuf buffer = Unpooled.buffer();
        packet.writeTo(buffer);
        try {
            engine.translate(buffer, Side.INSIDE, ChecksumStatus.VERIFY, 0, sink);
        } finally {
            assertThat(buffer.refCnt()).isZero();
        }
    }

    /** Takes some packets, then throws. */
    private static final class Moody implements PacketSink<ByteBuf> {
        private final List<Octets> taken = new ArrayList<>();
        private final int patience;

        Moody(int patience) {
            this.patience = patience;
        }

        private void take(ByteBuf packet) {
            taken.add(Octets.copyOf(packet));
            packet.release();
            if (taken.size() > patience) {
                throw new IllegalStateException("enough");
            }
        }

        @Override
        public void toInside(ByteBuf packet) {
            take(packet);
        }

        @Override
        public void toOutside(ByteBuf packet) {
            take(packet);
        }

        @Override
        public void toHost(ByteBuf packet, HostTraffic kind) {
            take(packet);
        }

        @Override
        public void refused(ByteBuf packet, Refusal reason) {
            take(packet.retain());
        }
    }

    @Test
    void aSinkThatThrowsLosesThePacketsButNoMemory() {
        Moody sink = new Moody(1);
        send(engine, PIECES.get(0), sink);
        send(engine, PIECES.get(1), sink);
        assertThatThrownBy(() -> send(engine, PIECES.get(2), sink)).hasMessage("enough");
        assertThat(sink.taken).hasSize(2);
        assertThat(inUse()).isZero();
        PIECES.forEach(piece -> send(engine, piece, new Moody(9)));
        assertThat(engine.counters().gauge(Gauge.HELD_PACKETS)).isZero();
    }

    @Test
    void aSinkThatThrowsInAdvanceToo() {
        PIECES.subList(0, 2).forEach(piece -> send(engine, piece, new Moody(0)));
        Moody sink = new Moody(0);
        assertThatThrownBy(() -> engine.advance(20_000_000_000L, 10, sink)).hasMessage("enough");
        assertThat(inUse()).isZero();
        assertThat(engine.advance(20_000_000_000L, 10, sink)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withoutMemoryForAllFragmentsNoneLeaves() {
        NoMemory two = new NoMemory(2);
        NatEngine poor = NatEngine.builder(CONFIG).allocator(two).build();
        Moody sink = new Moody(9);
        send(poor, PIECES.get(0), sink);
        send(poor, PIECES.get(1), sink);
        assertThatThrownBy(() -> send(poor, PIECES.get(2), sink)).isInstanceOf(OutOfMemoryError.class);
        assertThat(sink.taken).isEmpty();
        poor.advance(0, 10, sink);
        assertThat(sink.taken).isEmpty();
        assertThat(poor.counters().gauge(Gauge.HELD_BYTES)).isZero();
    }

    @Test
    void withoutMemoryNothingIsCut() {
        NatEngine poor = NatEngine.builder(NARROW).allocator(new NoMemory(1)).build();
        Moody sink = new Moody(9);
        assertThatThrownBy(() -> send(poor, PACKET.octets(), sink)).isInstanceOf(OutOfMemoryError.class);
        byte[] lent = PACKET.octets().toByteArray();
        NatEngine poorer = NatEngine.builder(NARROW).allocator(new NoMemory(1)).build();
        assertThatThrownBy(() -> poorer.translate(
                        java.nio.ByteBuffer.wrap(lent),
                        Side.INSIDE,
                        ChecksumStatus.VERIFY,
                        0,
                        new io.github.culvert.nat.testkit.bed.Deliveries().lent()))
                .isInstanceOf(OutOfMemoryError.class);
        poorer.advance(0, 10, sink);
        assertThat(sink.taken).isEmpty();
    }

    @Test
    void closeForgetsWhatIsHeld() {
        send(engine, PIECES.get(0), new Moody(9));
        engine.advance(0, 10, new Moody(9));
        assertThat(engine.counters().gauge(Gauge.HELD_PACKETS)).isEqualTo(1);
        assertThat(engine.counters().gauge(Gauge.HELD_BYTES)).isPositive();
        engine.close();
        assertThat(engine.counters().gauge(Gauge.HELD_PACKETS)).isZero();
        assertThat(engine.counters().gauge(Gauge.HELD_BYTES)).isZero();
        assertThat(inUse()).isZero();
    }

    @Test
    void closeForgetsSynsThatWait() {
        NatBed bed = NatBed.of(CONFIG);
        bed.fromOutside(tcp(OUT1, 1, EXT1, 9, TcpFlag.SYN));
        bed.advance();
        assertThat(bed.engine().counters().gauge(Gauge.HELD_SYNS)).isEqualTo(1);
        bed.engine().close();
        assertThat(bed.engine().counters().gauge(Gauge.HELD_SYNS)).isZero();
        assertThat(bed.at(10).late()).isEmpty();
    }

    /** Each step of advance gives back one fragment at most. */
    @Test
    void advanceKeepsToItsBudget() {
        NatBed bed = NatBed.of(CONFIG);
        PIECES.subList(0, 2).forEach(piece -> bed.sendAll(Side.INSIDE, piece, ChecksumStatus.VERIFY));
        bed.at(16);
        assertThat(bed.advance(1)).isEqualTo(bed.clock().nanos());
        assertThat(bed.taken()).hasSize(1);
        bed.advance(1);
        assertThat(bed.taken()).hasSize(1);
    }

    /** A reserved identifier is known only when the first fragment is there: then all go to the host, as they came. */
    @Test
    void aDatagramForTheHostGoesThereWhole() {
        NatBed bed = NatBed.of(CONFIG);
        bed.table().reserveForHost(Protocol.UDP, EXT1, 500, 500);
        List<Octets> pieces = Fragments.cut(
                ipv4(OUT1, EXT1).udp(500, 500, Octets.of(new byte[60])).build(), 24, 48);
        List<Delivery> out = new ArrayList<>();
        for (int i : new int[] {2, 0, 1}) {
            out.addAll(bed.sendAll(Side.OUTSIDE, pieces.get(i), ChecksumStatus.VERIFY));
        }
        assertThat(out).hasSize(3).allMatch(delivery -> delivery.toString().equals("host RESERVED"));
        assertThat(out).extracting(Delivery::octets).containsExactlyInAnyOrderElementsOf(pieces);
    }

    @Test
    void aDatagramThatNobodyAskedForIsRefusedWhole() {
        NatBed bed = NatBed.of(CONFIG);
        List<Octets> pieces = Fragments.cut(
                ipv4(OUT1, EXT1).udp(53, 5000, Octets.of(new byte[60])).build(), 24, 48);
        List<Delivery> out = new ArrayList<>();
        pieces.forEach(piece -> out.addAll(bed.sendAll(Side.OUTSIDE, piece, ChecksumStatus.VERIFY)));
        assertThat(out).hasSize(3).allMatch(delivery -> delivery.toString().equals("refused NO_MAPPING"));
        assertThat(out).extracting(Delivery::octets).containsExactlyInAnyOrderElementsOf(pieces);
        assertThat(bed.refused(Refusal.NO_MAPPING)).isEqualTo(3);
    }

    /** Addresses are looked at first: what is not for us is not held. */
    @Test
    void whatCannotBelongHereIsNotHeld() {
        NatBed bed = NatBed.of(CONFIG);
        Octets spoofed = Fragments.cut(
                        ipv4(OUT2, OUT1).udp(1, 2, Octets.of(new byte[60])).build(), 24)
                .get(0);
        assertThat(bed.send(Side.INSIDE, spoofed, ChecksumStatus.VERIFY)).hasToString("refused SPOOFED_INSIDE");
        assertThat(bed.send(Side.OUTSIDE, spoofed, ChecksumStatus.VERIFY)).hasToString("host NOT_OURS");
    }

    private static Octets lone(Ipv4Address from, Ipv4Address to, int id) {
        return ipv4(from, to)
                .protocol(17)
                .identification(id)
                .fragmentOffset(800)
                .payload(Octets.of(new byte[800]))
                .octets();
    }

    /** Whoever fills its share, from inside or outside, another inside host still has room. */
    @ParameterizedTest
    @EnumSource(
            names = {"INSIDE", "OUTSIDE"},
            value = Side.class)
    @Tag("NAT-FRAG-02")
    void nobodyTakesTheRoomOfOthers(Side side) {
        NatBed bed = NatBed.of(CONFIG.withFragments(new FragmentPolicy(1 << 18, 1 << 17, 64, false)));
        for (int i = 0; i < 1000; i++) {
            Ipv4Address many = new Ipv4Address(OUT1.bits() + i);
            bed.sendAll(side, side == Side.INSIDE ? lone(IN1, OUT1, i) : lone(many, EXT1, 1), ChecksumStatus.VERIFY);
        }
        assertThat(bed.refused(Refusal.FRAGMENT_LIMIT)).isPositive();
        List<Delivery> out = new ArrayList<>();
        Fragments.cut(ipv4(IN2, OUT1).udp(1, 2, Octets.of(new byte[4000])).build(), 1480, 2960)
                .forEach(piece -> out.addAll(bed.sendAll(Side.INSIDE, piece, ChecksumStatus.VERIFY)));
        assertThat(out).hasSize(3).allMatch(Delivery::isForwarded);
    }

    /** The sink sees a fragment that is refused for want of room, and the listener hears of it. */
    @Test
    void tooManyFragmentsOfOneDatagramAreRefused() {
        NatBed bed = NatBed.of(CONFIG.withFragments(FragmentPolicy.STANDARD.withPiecesPerDatagram(2)));
        List<Delivery> out = new ArrayList<>();
        PIECES.forEach(piece -> out.addAll(bed.sendAll(Side.INSIDE, piece, ChecksumStatus.VERIFY)));
        assertThat(out).hasSize(3).allMatch(delivery -> delivery.toString().equals("refused FRAGMENT_LIMIT"));
    }

    /** A small MTU leaves no room for a whole header of the transport in the first fragment. */
    @Test
    void aTransportHeaderThatHasToBeCutIsNoPacketOfItsOwn() {
        Ipv4Packet syn = ipv4(IN1, OUT1)
                .transport(
                        TcpSegment.builder().ports(5000, 80).flags(TcpFlag.SYN).options(Octets.of(new byte[40])))
                .build();
        NatEngine narrow = NatEngine.builder(NARROW).build();
        assertThatThrownBy(() -> narrow.translate(syn, Side.INSIDE, ChecksumStatus.VERIFY, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MTU");
        NatBed bed = NatBed.of(NARROW);
        List<Octets> pieces =
                bed.sendAll(Side.INSIDE, syn).stream().map(Delivery::octets).toList();
        assertThat(Fragments.join(pieces).octets().length())
                .isEqualTo(syn.octets().length());
    }
}
