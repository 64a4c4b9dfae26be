package io.github.culvert.nat.config;

import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which inside address has which ports of which public address in deterministic mode (RFC 7422 section 2): computed both
 * ways from the configuration alone, without an engine, so that no log is needed.
 *
 * <p>The inside addresses are numbered in the order of the inside networks, and divided evenly over the public addresses
 * in their order: with 64 hosts on each, hosts 0 to 63 share the first one, 64 to 127 the second. The ports from 1024 up
 * to those that are kept for hosts that need more are divided evenly over the hosts of an address. System ports are left
 * out. Public addresses of {@link NatConfig#addressForwards()} are left out too; an inside address that has one keeps its
 * number.
 *
 * <p>Immutable; safe for use by any thread.
 */
public final class DeterministicRanges {
    /** The fewest ports that a host can have. */
    public static final int LEAST_PORTS = 64;

    private static final int FIRST_PORT = 1024;
    private static final int ALL_PORTS = 65_536;

    private final List<Ipv4Prefix> networks;
    private final List<Ipv4Address> addresses;
    private final long hosts;
    private final long hostsPerAddress;
    private final int overflowPorts;

    private DeterministicRanges(NatConfig config, int overflowPorts) {
        this.networks = distinct(config.insideNetworks());
        this.addresses = config.publicAddresses().stream()
                .filter(address -> config.addressForwards().stream()
                        .noneMatch(forward -> forward.outside().equals(address)))
                .toList();
        this.hosts = networks.stream().mapToLong(DeterministicRanges::size).sum();
        this.hostsPerAddress = Math.max(1, (hosts + addresses.size() - 1) / Math.max(1, addresses.size()));
        this.overflowPorts = overflowPorts;
    }

    /** The networks that lie in no other one. */
    private static List<Ipv4Prefix> distinct(List<Ipv4Prefix> all) {
        List<Ipv4Prefix> distinct = new ArrayList<>();
        for (Ipv4Prefix network : all) {
            boolean inAnother =
                    all.stream().anyMatch(other -> other.length() < network.length() && other.overlaps(network));
            if (!inAnother && !distinct.contains(network)) {
                distinct.add(network);
            }
        }
        return distinct;
    }

    private static long size(Ipv4Prefix network) {
        return 1L << 32 - network.length();
    }

    /**
     * The ranges of a configuration.
     *
     * @param config a configuration that is valid and assigns ports deterministically
     * @return its ranges
     * @throws IllegalArgumentException if it does not assign ports deterministically, or there are too few for all inside
     *     addresses
     */
    public static DeterministicRanges of(NatConfig config) {
        if (!(config.identifiers().assignment() instanceof Assignment.Deterministic fixed)) {
            throw new IllegalArgumentException("the assignment of identifiers is not deterministic");
        }
        DeterministicRanges ranges = new DeterministicRanges(config, fixed.overflowPorts());
        ranges.shortage().ifPresent(problem -> {
            throw new IllegalArgumentException(problem.toString());
        });
        return ranges;
    }

    /** What is wrong with a deterministic assignment under a configuration whose addresses are fine. */
    static Optional<ConfigProblem> shortage(NatConfig config, Assignment.Deterministic fixed) {
        return new DeterministicRanges(config, fixed.overflowPorts()).shortage();
    }

    private Optional<ConfigProblem> shortage() {
        long most = (long) addresses.size() * (dividedPorts() / LEAST_PORTS);
        if (hosts <= most) {
            return Optional.empty();
        }
        String value = hosts + " inside addresses on " + addresses.size() + " public ones";
        String allowed = "up to " + most + " inside addresses, so that each has " + LEAST_PORTS + " ports or more";
        return Optional.of(new ConfigProblem("identifiers.assignment", value, allowed));
    }

    private int dividedPorts() {
        return ALL_PORTS - FIRST_PORT - overflowPorts;
    }

    /**
     * The ports of an inside address.
     *
     * @param inside an address, within the inside networks or not
     * @return its ports, in all protocols; empty if it is not within the inside networks
     */
    public Optional<PortRange> rangeOf(Ipv4Address inside) {
        int number = numberOf(inside.bits());
        if (number < 0) {
            return Optional.empty();
        }
        int first = firstPort(number);
        Ipv4Address outside = addresses.get(number / hostsPerAddress());
        return Optional.of(new PortRange(outside, first, first + portsPerHost() - 1));
    }

    /**
     * The inside address that has a public port.
     *
     * @param outside an address, one of the public addresses or not
     * @param port the port, 0 to 65535
     * @return the inside address; empty for ports that nobody has, and for those kept for hosts that need more, of which
     *     the records of block allocations tell
     */
    public Optional<Ipv4Address> insideOf(Ipv4Address outside, int port) {
        int address = addresses.indexOf(outside);
        int position = port < FIRST_PORT ? -1 : (port - FIRST_PORT) / portsPerHost();
        if (address < 0 || position < 0 || position >= hostsPerAddress) {
            return Optional.empty();
        }
        return insideAt(address * hostsPerAddress + position);
    }

    private Optional<Ipv4Address> insideAt(long number) {
        long left = number;
        for (Ipv4Prefix network : networks) {
            if (left < size(network)) {
                return Optional.of(new Ipv4Address(network.address().bits() + (int) left));
            }
            left -= size(network);
        }
        return Optional.empty();
    }

    /**
     * The number of an inside address, without making objects.
     *
     * @param inside the 32 bits of the address
     * @return 0 or above in the order of the inside networks; -1 if it is in none of them
     */
    public int numberOf(int inside) {
        long before = 0;
        for (int i = 0; i < networks.size(); i++) {
            Ipv4Prefix network = networks.get(i);
            if (network.contains(inside)) {
                return (int) (before + (inside - network.address().bits() & 0xffff_ffffL));
            }
            before += size(network);
        }
        return -1;
    }

    /**
     * The first port of a host.
     *
     * @param number the number of its address
     * @return 1024 to 65535
     */
    public int firstPort(int number) {
        return FIRST_PORT + number % hostsPerAddress() * portsPerHost();
    }

    /**
     * How many inside addresses share a public one: the compression ratio of RFC 7422.
     *
     * @return 1 or more
     */
    public int hostsPerAddress() {
        return (int) hostsPerAddress;
    }

    /**
     * How many ports each inside address has.
     *
     * @return {@link #LEAST_PORTS} or more
     */
    public int portsPerHost() {
        return dividedPorts() / hostsPerAddress();
    }
}
