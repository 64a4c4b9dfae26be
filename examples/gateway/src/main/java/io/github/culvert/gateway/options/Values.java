package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of settings. A value that is none throws, and the message says what is allowed. */
final class Values {
    /** The application level gateways that can be enabled. */
    static final List<String> ALGS = List.of();

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern NETWORK = Pattern.compile("([0-9.]+)/([0-9]|[12][0-9]|3[0-2])");
    private static final Pattern DURATION =
            Pattern.compile("(?:([0-9]{1,4})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,7})m)?(?:([0-9]{1,9})s)?");
    private static final Pattern FORWARD =
            Pattern.compile("(tcp|udp):(?:([0-9.]+):)?([0-9]{1,5})=([0-9.]+):([0-9]{1,5})");

    private Values() {}

    static Ipv4Address address(String text) {
        try {
            return Ipv4Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("an IPv4 address such as 203.0.113.1", e);
        }
    }

    static Ipv4Prefix network(String text) {
        try {
            return Ipv4Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a network such as 192.168.77.0/24" + meant(text), e);
        }
    }

    /** The network of an address that stands with the length of its network, which is the likely slip. */
    private static String meant(String text) {
        Matcher parts = NETWORK.matcher(text);
        if (!parts.matches()) {
            return "";
        }
        try {
            int length = Integer.parseInt(parts.group(2));
            int mask = length == 0 ? 0 : -1 << (32 - length);
            Ipv4Address first =
                    new Ipv4Address(Ipv4Address.parse(parts.group(1)).bits() & mask);
            return "; did you mean " + new Ipv4Prefix(first, length) + "?";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Reads {@code tcp:[ADDR:]8080=192.168.77.11:80}; whether ports and addresses fit is for the configuration. */
    static StaticForward forward(String text, Ipv4Address firstPublic) {
        Matcher parts = FORWARD.matcher(text);
        if (!parts.matches()) {
            throw notAForward(null);
        }
        try {
            String address = parts.group(2);
            Ipv4Address outside = address == null ? firstPublic : Ipv4Address.parse(address);
            return new StaticForward(
                    parts.group(1).equals("tcp") ? Protocol.TCP : Protocol.UDP,
                    new Endpoint(outside, Long.parseLong(parts.group(3))),
                    Endpoint.parse(parts.group(4) + ":" + parts.group(5)));
        } catch (IllegalArgumentException e) {
            throw notAForward(e);
        }
    }

    private static IllegalArgumentException notAForward(@org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                "tcp or udp, a public port and an inside endpoint, such as tcp:8080=192.168.77.11:80"
                        + " or udp:203.0.113.2:53=192.168.77.12:53",
                cause);
    }

    static String alg(String text) {
        if (ALGS.contains(text)) {
            return text;
        }
        throw new IllegalArgumentException(
                ALGS.isEmpty() ? "there is no ALG in this version yet" : "one of " + String.join(", ", ALGS));
    }

    static int number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("a whole number of up to nine digits");
        }
        return Integer.parseInt(text);
    }

    static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("a time with its units, such as 300s, 5m or 2h4m");
        }
        return Duration.ofDays(part(parts, 1))
                .plusHours(part(parts, 2))
                .plusMinutes(part(parts, 3))
                .plusSeconds(part(parts, 4));
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
