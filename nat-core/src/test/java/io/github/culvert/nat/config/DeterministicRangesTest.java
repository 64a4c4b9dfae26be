package io.github.culvert.nat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Inside address to ports and back, from the configuration alone. */
class DeterministicRangesTest {
    private static final Assignment.Deterministic PLAIN = new Assignment.Deterministic(0, 64);

    private static NatConfig config(int publicAddresses, Assignment assignment, String... inside) {
        List<Ipv4Address> pool = IntStream.range(0, publicAddresses)
                .mapToObj(n -> new Ipv4Address(0xcb007100 + 3 * n))
                .toList();
        return NatConfig.of(Stream.of(inside).map(Ipv4Prefix::parse).toList(), pool)
                .withIdentifiers(IdentifierPolicy.STANDARD.withAssignment(assignment));
    }

    @Test
    void theExampleOfTheRequirement() {
        DeterministicRanges ranges = DeterministicRanges.of(config(4, PLAIN, "192.168.1.0/24"));
        assertThat(ranges.hostsPerAddress()).isEqualTo(64);
        assertThat(ranges.portsPerHost()).isEqualTo(1008);
        assertThat(ranges.rangeOf(Ipv4Address.parse("192.168.1.10")))
                .contains(new PortRange(Ipv4Address.parse("203.0.113.0"), 11_104, 12_111));
        assertThat(ranges.rangeOf(Ipv4Address.parse("192.168.1.255")))
                .contains(new PortRange(Ipv4Address.parse("203.0.113.9"), 64_528, 65_535));
        assertThat(ranges.rangeOf(Ipv4Address.parse("192.168.2.0"))).isEmpty();
    }

    /** Every port of every address is one host's or nobody's, and every host has the same number of them. */
    @Property(tries = 20)
    void bothWaysAgree(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int publicAddresses,
            @ForAll @IntRange(max = 64) int overflowBlocks) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] networks = {
            "10.0.0." + 16 * random.nextInt(16) + "/28", "10.0.0.128/25", "10.9.0.0/" + (24 + random.nextInt(9))
        };
        NatConfig config = config(publicAddresses, new Assignment.Deterministic(256 * overflowBlocks, 256), networks);
        DeterministicRanges ranges = DeterministicRanges.of(config.validate());
        List<Ipv4Address> hosts = new ArrayList<>();
        for (Ipv4Address outside : config.publicAddresses()) {
            hosts.addAll(hostsOf(ranges, outside, 65_536 - 256 * overflowBlocks));
        }
        assertThat(hosts)
                .doesNotHaveDuplicates()
                .allMatch(host -> config.insideNetworks().stream().anyMatch(network -> network.contains(host.bits())));
        assertThat(hosts.size()).isEqualTo(inside(config));
    }

    private static List<Ipv4Address> hostsOf(DeterministicRanges ranges, Ipv4Address outside, int endOfRanges) {
        List<Ipv4Address> hosts = new ArrayList<>();
        int port = 0;
        while (port < 65_536) {
            Ipv4Address host = ranges.insideOf(outside, port).orElse(null);
            if (host == null) {
                port++;
                continue;
            }
            PortRange range = ranges.rangeOf(host).orElseThrow();
            assertThat(range).isEqualTo(new PortRange(outside, port, port + ranges.portsPerHost() - 1));
            assertThat(port >= 1024 && range.last() < endOfRanges).isTrue();
            assertThat(ranges.insideOf(outside, range.last())).contains(host);
            hosts.add(host);
            port = range.last() + 1;
        }
        return hosts;
    }

    private static long inside(NatConfig config) {
        return IntStream.concat(
                        IntStream.rangeClosed(0x0a000000, 0x0a0000ff), IntStream.rangeClosed(0x0a090000, 0x0a0900ff))
                .filter(bits -> config.insideNetworks().stream().anyMatch(network -> network.contains(bits)))
                .count();
    }

    @Test
    void anAddressForOneHostIsNotDivided() {
        NatConfig config = config(3, PLAIN, "10.0.0.0/25");
        AddressForward forward = new AddressForward(config.publicAddresses().get(1), Ipv4Address.parse("10.0.0.7"));
        DeterministicRanges ranges = DeterministicRanges.of(config.withAddressForwards(List.of(forward)));
        assertThat(ranges.hostsPerAddress()).isEqualTo(64);
        assertThat(ranges.insideOf(forward.outside(), 5000)).isEmpty();
        assertThat(ranges.rangeOf(Ipv4Address.parse("10.0.0.64")).orElseThrow().address())
                .isEqualTo(config.publicAddresses().get(2));
    }

    @Test
    void tooFewPortsForAllAreRefused() {
        assertThat(config(1, PLAIN, "10.0.0.0/23").problems()).isEmpty();
        assertThat(config(1, PLAIN, "10.0.0.0/22").problems())
                .singleElement()
                .hasToString("identifiers.assignment: '1024 inside addresses on 1 public ones' is not allowed;"
                        + " up to 1008 inside addresses, so that each has 64 ports or more");
        assertThat(config(4, PLAIN, "0.0.0.0/0").problems())
                .anyMatch(p -> p.value().startsWith("4294967296 inside"));
        assertThat(config(0, PLAIN).problems())
                .extracting(ConfigProblem::setting)
                .containsExactly("inside-networks", "public-addresses");
        assertThatThrownBy(() -> DeterministicRanges.of(config(1, PLAIN, "10.0.0.0/8")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeterministicRanges.of(config(1, new Assignment.Shared(), "10.0.0.0/24")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
