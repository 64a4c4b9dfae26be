package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.EXT3;
import static io.github.culvert.nat.testkit.bed.Packets.EXT4;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.InvalidConfigException;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Public addresses that come and go while the NAT runs. */
class PublicAddressTest {
    private static final String FORWARD_PORT = ":53";

    private static StaticForward forward(Ipv4Address outside, Ipv4Address inside) {
        return new StaticForward(
                Protocol.UDP, Endpoint.parse(outside + FORWARD_PORT), Endpoint.parse(inside + FORWARD_PORT));
    }

    /** The public addresses that new hosts get. */
    private static Set<Ipv4Address> used(NatBed bed, int firstHost) {
        Set<Ipv4Address> used = new HashSet<>();
        for (int n = 0; n < 50; n++) {
            Ipv4Address host = new Ipv4Address(IN1.bits() + firstHost + n);
            used.add(bed.fromInside(udp(host, 5000, OUT1, 53)).packet().source());
        }
        return used;
    }

    @Test
    void anAddedAddressServesNewHostsAndLeavesTheOthersAlone() {
        NatBed bed = NatBed.standard();
        assertThat(used(bed, 0)).containsExactly(EXT1);
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT2, 5000))).hasToString("host NOT_OURS");
        List.of(EXT2, EXT3, EXT4).forEach(bed.table()::addPublicAddress);
        assertThat(used(bed, 0)).containsExactly(EXT1);
        assertThat(used(bed, 60)).contains(EXT2, EXT3, EXT4);
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT2, 80))).hasToString("refused NO_MAPPING");
        bed.table().addForward(forward(EXT3, IN2));
        assertThat(bed.fromOutside(udp(OUT1, 9, EXT3, 53))).hasToString("inside 198.51.100.7:9 > 192.168.1.11:53");
    }

    @Test
    void theNumberOfIdentifiersIsThatOfAllAddresses() {
        NatBed bed = NatBed.standard();
        long one = bed.engine().counters().limit(Gauge.IDENTIFIERS);
        bed.table().addPublicAddress(EXT2);
        bed.advance();
        assertThat(bed.engine().counters().limit(Gauge.IDENTIFIERS)).isEqualTo(2 * one);
    }

    @Test
    void aRemovedAddressTakesItsSessionsAlongAndItsHostsGetAnother() {
        NatBed bed = NatBed.of(config(EXT1, EXT2));
        assertThat(used(bed, 0)).containsExactlyInAnyOrder(EXT1, EXT2);
        bed.table().addForward(forward(EXT2, IN1));
        bed.table().removePublicAddress(EXT1);
        assertThat(bed.sessions())
                .isNotEmpty()
                .allMatch(session -> session.outside().address().equals(EXT2));
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 5000))).hasToString("host NOT_OURS");
        assertThat(used(bed, 0)).containsExactly(EXT2);
        assertThat(bed.table().usageOf(IN1))
                .hasValueSatisfying(usage -> assertThat(usage.publicAddress()).isEqualTo(EXT2));
    }

    @Test
    void anAddressMayComeBack() {
        NatBed bed = NatBed.of(config(EXT1, EXT2));
        long before = bed.engine().counters().gauge(Gauge.MEMORY);
        for (int i = 0; i < 20; i++) {
            used(bed, 0);
            bed.table().removePublicAddress(i % 2 == 0 ? EXT1 : EXT2);
            bed.table().addPublicAddress(i % 2 == 0 ? EXT1 : EXT2);
        }
        bed.table().closeSessions(session -> true);
        bed.table().removePublicAddress(EXT2);
        bed.advance();
        assertThat(bed.engine().counters().gauge(Gauge.IDENTIFIERS)).isZero();
        assertThat(bed.engine().counters().gauge(Gauge.MEMORY)).isLessThan(before + 700_000);
        bed.table().addPublicAddress(EXT2);
        assertThat(used(bed, 60)).contains(EXT2);
    }

    /** What rested at an address that went is not remembered against the one that came after it. */
    @Test
    void anAddressThatComesBackRestsAnew() {
        NatBed bed = NatBed.of(config(EXT1, EXT2).asCarrier());
        bed.table().removePublicAddress(EXT2);
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.table().closeSessions(session -> true);
        bed.table().addPublicAddress(EXT2);
        bed.table().removePublicAddress(EXT1);
        bed.table().addPublicAddress(EXT1);
        bed.table().removePublicAddress(EXT2);
        bed.at(60).fromInside(udp(IN1, 5000, OUT1, 53));
        bed.table().closeSessions(session -> true);
        assertThat(bed.at(130)
                        .fromInside(udp(IN1, 5000, OUT1, 53))
                        .packet()
                        .octets()
                        .u16(20))
                .isNotEqualTo(5000);
        bed.table().closeSessions(session -> true);
        assertThat(bed.at(181)
                        .fromInside(udp(IN1, 5000, OUT1, 53))
                        .packet()
                        .octets()
                        .u16(20))
                .isEqualTo(5000);
    }

    @Test
    void whatIsNamedKeepsItsAddress() {
        NatBed bed = NatBed.of(config(EXT1, EXT2).withForwards(List.of(forward(EXT1, IN1))));
        bed.table().reserveForHost(Protocol.TCP, EXT2, 22, 22);
        assertThatThrownBy(() -> bed.table().removePublicAddress(EXT1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("203.0.113.1:53");
        assertThatThrownBy(() -> bed.table().removePublicAddress(EXT2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("TCP 203.0.113.2:22 is reserved for the host");
        bed.table().removeForward(forward(EXT1, IN1));
        bed.table().removePublicAddress(EXT1);
        assertThat(used(bed, 0)).containsExactly(EXT2);
    }

    @Test
    void theLastAddressStays() {
        NatBed bed = NatBed.of(config(EXT1, EXT2).withAddressForwards(List.of(new AddressForward(EXT2, IN2))));
        assertThatThrownBy(() -> bed.table().removePublicAddress(EXT1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bed.table().removePublicAddress(EXT2)).isInstanceOf(InvalidConfigException.class);
        assertThatThrownBy(() -> NatBed.standard().table().removePublicAddress(EXT1))
                .isInstanceOf(InvalidConfigException.class);
        assertThatThrownBy(() -> bed.table().removePublicAddress(EXT3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheConfigurationCouldNotHaveIsNotAdded() {
        NatBed bed = NatBed.standard();
        for (Ipv4Address bad : List.of(EXT1, IN2, Ipv4Address.parse("127.0.0.1"))) {
            assertThatThrownBy(() -> bed.table().addPublicAddress(bad)).isInstanceOf(InvalidConfigException.class);
        }
        assertThat(used(bed, 0)).containsExactly(EXT1);
    }

    /** What a batch has found out about its packets before is not good any more. */
    @Test
    void anAddressMayComeInTheMiddleOfABatch() {
        NatBed bed = NatBed.standard();
        LargeTable.fill(bed);
        PacketBatch batch = new PacketBatch(8);
        for (int i = 0; i < 3; i++) {
            ByteBuf packet = Unpooled.buffer();
            udp(OUT1, 53, i == 0 ? EXT1 : EXT2, 5000).octets().writeTo(packet);
            batch.add(packet, Side.OUTSIDE, ChecksumStatus.VERIFY);
        }
        List<String> out = new ArrayList<>();
        bed.engine().translate(batch, 0, new AddingSink(bed.table(), out));
        assertThat(out).containsExactly("NO_MAPPING", "NO_MAPPING", "NO_MAPPING");
    }

    /** Adds a public address with the first packet. */
    private record AddingSink(NatTable table, List<String> out) implements PacketSink<ByteBuf> {
        @Override
        public void toInside(ByteBuf packet) {
            packet.release();
        }

        @Override
        public void toOutside(ByteBuf packet) {
            packet.release();
        }

        @Override
        public void toHost(ByteBuf packet, HostTraffic kind) {
            out.add(kind.name());
            packet.release();
        }

        @Override
        public void refused(ByteBuf packet, Refusal reason) {
            if (out.isEmpty()) {
                table.addPublicAddress(EXT2);
            }
            out.add(reason.name());
        }
    }

    @Test
    void inDeterministicModeTheAddressesStay() {
        IdentifierPolicy fixed = IdentifierPolicy.STANDARD.withAssignment(new Assignment.Deterministic(0, 64));
        NatBed bed = NatBed.of(config(EXT1, EXT2).withIdentifiers(fixed));
        assertThatThrownBy(() -> bed.table().addPublicAddress(EXT3)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bed.table().removePublicAddress(EXT1)).isInstanceOf(IllegalStateException.class);
    }
}
