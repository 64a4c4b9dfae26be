package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What had to do with a public address, in another way than by a mapping there, once it has come or gone. */
class RemovedAddressTest {
    private static Ipv4Packet portless(Ipv4Address host, Ipv4Address remote) {
        return ipv4(host, remote)
                .protocol(97)
                .payload(Octets.fromHex("0102030405060708"))
                .build();
    }

    private static Stream<Ipv4Address> hosts() {
        return IntStream.range(0, 20).mapToObj(n -> new Ipv4Address(IN1.bits() + n));
    }

    @Test
    void sessionsWithoutIdentifiersGoWithTheirAddress() {
        NatBed bed = NatBed.of(config(EXT1, EXT2).withPortless(Set.of(97)));
        hosts().forEach(host -> bed.fromInside(portless(host, remote(host))));
        bed.table().removePublicAddress(EXT1);
        bed.table().forEachPortless(session -> assertThat(session.outside()).isEqualTo(EXT2));
        assertThat(hosts().map(host -> bed.fromInside(portless(host, remote(host)))))
                .allMatch(sent -> sent.packet().source().equals(EXT2));
    }

    /** A remote host of each inside host's own. */
    private static Ipv4Address remote(Ipv4Address inside) {
        return new Ipv4Address(OUT1.bits() + inside.bits() - IN1.bits());
    }

    @Test
    void whatTurnedRoundAtAnAddressGoesOutOnceItIsNoneOfOurs() {
        NatBed bed = NatBed.of(config(EXT1, EXT2));
        hosts().forEach(host -> bed.fromInside(udp(host, 5000, EXT2, 9)));
        bed.table().removePublicAddress(EXT2);
        assertThat(hosts().map(host -> bed.fromInside(udp(host, 5000, EXT2, 9))))
                .allMatch(sent -> sent.exit() == Delivery.Exit.OUTSIDE);
    }

    @Test
    void whatWentOutToAnAddressTurnsRoundOnceItIsOurs() {
        NatBed bed = NatBed.standard();
        assertThat(bed.fromInside(udp(IN1, 5000, EXT2, 9))).hasToString("outside 203.0.113.1:5000 > 203.0.113.2:9");
        bed.table().addPublicAddress(EXT2);
        assertThat(bed.fromInside(udp(IN1, 5000, EXT2, 9))).hasToString("refused NO_MAPPING");
    }

    @Test
    void answersComeFromAnAddressThatIsThere() {
        NatBed bed = NatBed.of(config(EXT1, EXT2).withPortless(Set.of(97)));
        bed.table().removePublicAddress(EXT1);
        Ipv4Packet late = ipv4(IN1, OUT1).protocol(97).ttl(1).build();
        assertThat(bed.sendAll(Side.INSIDE, late))
                .filteredOn(Delivery::isForwarded)
                .singleElement()
                .satisfies(answer -> assertThat(answer.packet().source()).isEqualTo(EXT2));
    }

    @Test
    void listenersAreToldThatThereIsNoAddressForAProtocolWithoutIdentifiers() {
        List<NatEvent> events = new ArrayList<>();
        NatBed bed = new NatBed(NatEngine.builder(config(EXT1)
                        .withAddressForwards(List.of(new AddressForward(EXT1, IN2)))
                        .withPortless(Set.of(97)))
                .random(new SplittableRandom(1))
                .listener(events::add)
                .build());
        assertThat(bed.fromInside(portless(IN1, OUT1))).hasToString("refused ADDRESSES_EXHAUSTED");
        assertThat(events).hasSize(1);
    }
}
