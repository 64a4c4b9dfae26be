package io.github.culvert.gateway.options;

import java.util.Arrays;
import java.util.Optional;

/** Every setting of the gateway, with its key in the configuration file. */
public enum Setting {
    /** The TUN device of the inside. */
    INSIDE_TUN("inside-tun", Arity.ONE, ""),
    /** The TUN device of the outside. */
    OUTSIDE_TUN("outside-tun", Arity.ONE, ""),
    /** The inside networks. */
    INSIDE_NET("inside-net", Arity.MANY, "inside-networks"),
    /** The public addresses. */
    PUBLIC("public", Arity.MANY, "public-addresses"),
    /** The static forwards. */
    FORWARD("forward", Arity.MANY, "forwards"),
    /** The application level gateways. */
    ENABLE("enable", Arity.MANY, ""),
    /** The MTU of the outside. */
    MTU("mtu", Arity.ONE, "path.outside-mtu"),
    /** Whether the NAT counts as a hop. */
    TTL("ttl", Arity.ONE, "hop"),
    /** Whether packets with a source route pass; only in the file. */
    SOURCE_ROUTES("source-routes", Arity.ONE, "source-routes"),
    /** How long a UDP session stays; only in the file, as all timeouts. */
    TIMEOUT_UDP("timeouts.udp", Arity.ONE, "timeouts.udp"),
    /** How long an established TCP session stays. */
    TIMEOUT_TCP_ESTABLISHED("timeouts.tcp-established", Arity.ONE, "timeouts.tcp-established"),
    /** How long a TCP session with one SYN stays. */
    TIMEOUT_TCP_OPENING("timeouts.tcp-opening", Arity.ONE, "timeouts.tcp-opening"),
    /** How long a TCP session stays after both FINs. */
    TIMEOUT_TCP_CLOSING("timeouts.tcp-closing", Arity.ONE, "timeouts.tcp-closing"),
    /** How long a TCP session stays after a RST. */
    TIMEOUT_TCP_RESET("timeouts.tcp-reset", Arity.ONE, "timeouts.tcp-reset"),
    /** How long an ICMP query session stays. */
    TIMEOUT_ICMP_QUERY("timeouts.icmp-query", Arity.ONE, "timeouts.icmp-query"),
    /** The most sessions; only in the file, as all limits. */
    LIMIT_SESSIONS("limits.sessions", Arity.ONE, "limits.sessions"),
    /** The most inside hosts. */
    LIMIT_HOSTS("limits.hosts", Arity.ONE, "limits.hosts"),
    /** The most mappings of one host. */
    LIMIT_MAPPINGS_PER_HOST("limits.mappings-per-host", Arity.ONE, "limits.mappings-per-host"),
    /** The most sessions of one host. */
    LIMIT_SESSIONS_PER_HOST("limits.sessions-per-host", Arity.ONE, "limits.sessions-per-host");

    /** How many values a setting takes. */
    enum Arity {
        /** One value. */
        ONE,
        /** A list, or text with commas. */
        MANY
    }

    private final String key;
    private final Arity arity;
    private final String natName;

    Setting(String key, Arity arity, String natName) {
        this.key = key;
        this.arity = arity;
        this.natName = natName;
    }

    /**
     * The key in the configuration file.
     *
     * @return such as {@code timeouts.udp}: a dot stands for a mapping within the mapping
     */
    public String key() {
        return key;
    }

    Arity arity() {
        return arity;
    }

    /** The option of the command line; only settings with a key of one word have one. */
    String option() {
        return "--" + key;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }

    /** The setting that a problem of a {@link io.github.culvert.nat.config.NatConfig} names. */
    static Optional<Setting> ofNatName(String name) {
        return Arrays.stream(values()).filter(s -> s.natName.equals(name)).findFirst();
    }
}
