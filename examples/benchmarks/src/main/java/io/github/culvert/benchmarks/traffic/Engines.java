package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.TcpPolicy;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.NatEngineBuilder;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.pptp.PptpAlg;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The engines that are measured: each counts as a hop, and has room for all that comes. */
public final class Engines {
    /** The first public address, 203.0.113.0; the others follow. */
    public static final int FIRST_PUBLIC = 0xcb00_7100;
    /** The first inside host, 10.0.1.0; the others follow. */
    public static final int FIRST_HOST = 0x0a00_0100;
    /** The most inside hosts; sessions are spread over them evenly. */
    public static final int MOST_HOSTS = 10_000;
    /** How long every session stays that is to expire: the floor for UDP. */
    public static final Duration SHORT = Duration.ofMinutes(2);

    /** The ports that are given out: 1024 to 65535. */
    public static final int PORTS = 0x1_0000 - 1024;

    private static final int FIRST_PORT = 1024;
    private static final int MOST = 8_000_000;

    private Engines() {}

    /**
     * The public addresses.
     *
     * @param count how many
     * @return their 32 bits each
     */
    public static int[] publicAddresses(int count) {
        return IntStream.range(FIRST_PUBLIC, FIRST_PUBLIC + count).toArray();
    }

    /**
     * A configuration with every timeout at its default. Connections are not picked up in their middle: a segment without
     * one is to be refused.
     *
     * @param publicAddresses how many public addresses it has
     * @return the configuration
     */
    public static NatConfig config(int publicAddresses) {
        List<Ipv4Address> pool = IntStream.of(publicAddresses(publicAddresses))
                .mapToObj(Ipv4Address::new)
                .toList();
        return NatConfig.of(List.of(Ipv4Prefix.parse("10.0.0.0/8")), pool)
                .withLimits(Limits.of(MOST, MOST, MOST, MOST))
                .withPath(PathPolicy.STANDARD.withHop(true))
                .withTcp(TcpPolicy.STANDARD.withMidStream(false));
    }

    /**
     * An engine whose choices are the same in every run.
     *
     * @param config its configuration
     * @return a new engine
     */
    public static NatEngine repeatable(NatConfig config) {
        return NatEngine.builder(config).random(new SplittableRandom(1)).build();
    }

    /**
     * The same with PPTP passthrough as it is by default.
     *
     * @param config its configuration
     * @return a new engine
     */
    public static NatEngine repeatableWithPptp(NatConfig config) {
        return NatEngine.builder(config)
                .random(new SplittableRandom(1))
                .alg(PptpAlg.standard())
                .build();
    }

    /**
     * An engine as it is by default, with unpredictable choices, and PPTP passthrough.
     *
     * @param publicAddresses how many public addresses it has
     * @return a new engine
     */
    public static NatEngine withPptp(int publicAddresses) {
        return NatEngine.builder(config(publicAddresses))
                .alg(PptpAlg.standard())
                .build();
    }

    /**
     * An engine as it is by default, with unpredictable choices; UDP sessions and opening TCP sessions last
     * {@link #SHORT}.
     *
     * @param publicAddresses how many public addresses it has
     * @return a new engine
     */
    public static NatEngine shortLived(int publicAddresses) {
        Timeouts standard = Timeouts.STANDARD;
        Timeouts timeouts = Timeouts.of(
                SHORT,
                standard.tcpEstablished(),
                SHORT,
                standard.tcpClosing(),
                standard.tcpReset(),
                standard.icmpQuery());
        NatEngineBuilder builder = NatEngine.builder(config(publicAddresses).withTimeouts(timeouts));
        return builder.build();
    }

    /**
     * An inside endpoint; no two numbers give the same, and hosts do not use the same ports.
     *
     * @param number below 64,512 times the hosts
     * @param hosts how many hosts share the sessions
     * @return the endpoint
     */
    public static long inside(int number, int hosts) {
        int host = number % hosts;
        int port = FIRST_PORT + (number / hosts + host * 0x9e37) % PORTS;
        return Endpoints.of(FIRST_HOST + host, port);
    }
}
