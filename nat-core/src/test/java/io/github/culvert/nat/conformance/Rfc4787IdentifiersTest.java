package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.EXT3;
import static io.github.culvert.nat.testkit.bed.Packets.EXT4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.InvalidConfigException;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 4787, section 4: which public endpoints mappings get. */
class Rfc4787IdentifiersTest {
    private static final Ipv4Address OTHER = Ipv4Address.parse("198.18.0.9");

    /** REQ-2. */
    @Test
    @Tag("NAT-UDP-02")
    void allFlowsOfAnInsideAddressUseOnePublicAddress() {
        Pool pool = Pool.of(NatBed.config(EXT1, EXT2, EXT3, EXT4));
        Set<Ipv4Address> used = new HashSet<>();
        for (int port = 2000; port < 3000; port++) {
            used.add(pool.open(Protocol.UDP, "IN1:" + port).source().address());
        }
        for (int port = 2000; port < 2010; port++) {
            used.add(pool.open(Protocol.TCP, "IN1:" + port).source().address());
        }
        used.add(pool.open(Protocol.ICMP, "IN1:7").source().address());
        assertThat(used).hasSize(1);
    }

    /** REQ-3a. */
    @Test
    @Tag("NAT-UDP-04")
    void aReplacementKeepsTheClassOfThePort() {
        Pool pool = Pool.standard();
        for (int number = 1; number <= 250; number++) {
            int low = pool.udp(Pool.host(number) + ":500");
            int high = pool.udp(Pool.host(number) + ":5000");
            assertThat(low).isBetween(1, 1023);
            assertThat(high).isBetween(1024, 65_535);
            assertThat(low == 500 && high == 5000).isEqualTo(number == 1);
        }
    }

    /** REQ-4. */
    @Test
    @Tag("NAT-UDP-05")
    void aReplacementKeepsTheParityOfThePortUnlessThatIsOff() {
        Set<Integer> on = parities(IdentifierPolicy.STANDARD);
        Set<Integer> off = parities(IdentifierPolicy.STANDARD.withParity(false));
        assertThat(on).containsExactlyInAnyOrder(0, 3);
        assertThat(off).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    /** The parities, in the low bit, that 5004 and 5005, in the high bit, have got in 1000 trials. */
    private static Set<Integer> parities(IdentifierPolicy policy) {
        Pool pool = Pool.of(NatBed.config(EXT1).withIdentifiers(policy));
        pool.lab.table().reserveForHost(Protocol.UDP, EXT1, 5004, 5005);
        Set<Integer> seen = new HashSet<>();
        for (int trial = 0; trial < 1000; trial++) {
            seen.add(pool.udp("IN1:5004") % 2);
            seen.add(2 + pool.udp("IN1:5005") % 2);
            pool.expire();
        }
        return seen;
    }

    @Test
    void anyParityIsBetterThanNone() {
        Pool pool = Pool.standard().leaving(Protocol.UDP, EXT1, 6001, 6003);
        assertThat(pool.udp("IN1:5004")).isIn(6001, 6003);
        assertThat(pool.udp("IN1:5005")).isIn(6001, 6003);
        assertThat(pool.fate(Protocol.UDP, "IN1:5006")).isEqualTo("refused IDENTIFIERS_EXHAUSTED");
    }

    /** REQ-7. */
    @Test
    @Tag("NAT-UDP-10")
    void aPublicAddressWithinAnInsideNetworkIsRefusedAlsoWhileRunning() {
        NatConfig good = NatConfig.of(List.of(Ipv4Prefix.parse("203.0.113.0/24")), List.of(OTHER));
        assertThatThrownBy(() -> NatBed.of(good.withPublicAddresses(List.of(EXT1))))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContainingAll("203.0.113.1", "203.0.113.0/24");
        NatBed bed = NatBed.of(good);
        assertThatThrownBy(() -> bed.table().addPublicAddress(EXT1))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContainingAll("203.0.113.1", "203.0.113.0/24");
        assertThat(bed.fromInside(Lab.udpPacket("EXT2:5000 > OUT1:53")))
                .hasToString("outside 198.18.0.9:5000 > 198.51.100.7:53");
        assertThat(bed.fromOutside(Lab.udpPacket("OUT1:53 > EXT1:5000"))).hasToString("host NOT_OURS");
    }

    /** REQ-11. */
    @Test
    @Tag("NAT-UDP-14")
    void aFullPoolStaysEndpointIndependent() {
        Pool pool = Pool.standard();
        for (int port = 1024; port < 65_536 - 64; port++) {
            pool.udp(Pool.host(1 + port % 50) + ":" + port);
        }
        int mapped = 0;
        for (int number = 100; number < 200; number++) {
            String inside = Pool.host(number) + ":2000";
            String fate = pool.fate(Protocol.UDP, inside);
            boolean isMapped = !fate.equals("refused IDENTIFIERS_EXHAUSTED");
            mapped += isMapped ? 1 : 0;
            if (isMapped) {
                int port = pool.lab.udp(inside + " > OUT2:3478").port();
                assertThat(fate).isEqualTo("outside 203.0.113.1:" + port + " > 198.51.100.7:53");
            }
        }
        assertThat(mapped).isEqualTo(64);
    }
}
