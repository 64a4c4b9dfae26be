package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values with addresses. A text that is none throws, and the message says what is allowed. */
final class AddressValues {
    private static final Pattern NETWORK = Pattern.compile("([0-9.]+)/([0-9]|[12][0-9]|3[0-2])");
    private static final Pattern FORWARD =
            Pattern.compile("(tcp|udp):(?:([0-9.]+):)?([0-9]{1,5})=([0-9.]+):([0-9]{1,5})");
    private static final Pattern ADDRESS_FORWARD = Pattern.compile("([0-9.]+)=([0-9.]+)");
    private static final Pattern EXEMPTION = Pattern.compile("([0-9./]+)(?::([0-9-]+))?");

    private AddressValues() {}

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

    private static IllegalArgumentException notAForward(@Nullable Throwable cause) {
        return new IllegalArgumentException(
                "tcp or udp, a public port and an inside endpoint, such as tcp:8080=192.168.77.11:80"
                        + " or udp:203.0.113.2:53=192.168.77.12:53",
                cause);
    }

    /** Reads {@code 203.0.113.2=192.168.77.12}. */
    static AddressForward addressForward(String text) {
        Matcher parts = ADDRESS_FORWARD.matcher(text);
        try {
            if (parts.matches()) {
                return new AddressForward(Ipv4Address.parse(parts.group(1)), Ipv4Address.parse(parts.group(2)));
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddressForward(e);
        }
        throw notAnAddressForward(null);
    }

    private static IllegalArgumentException notAnAddressForward(@Nullable Throwable cause) {
        return new IllegalArgumentException(
                "a public address and the inside address it stands for, such as 203.0.113.2=192.168.77.12", cause);
    }

    /** Reads {@code 10.9.0.0/16} or {@code 10.9.0.0/16:8000-8999}. */
    static Exemption exemption(String text) {
        Matcher parts = EXEMPTION.matcher(text);
        try {
            if (parts.matches()) {
                Ipv4Prefix remote = Ipv4Prefix.parse(parts.group(1));
                return parts.group(2) == null ? Exemption.of(remote) : exemption(remote, parts.group(2));
            }
        } catch (IllegalArgumentException e) {
            throw notAnExemption(e);
        }
        throw notAnExemption(null);
    }

    private static Exemption exemption(Ipv4Prefix remote, String ports) {
        PortRange range = PortRange.parse(ports);
        return new Exemption(remote, range.first(), range.last());
    }

    private static IllegalArgumentException notAnExemption(@Nullable Throwable cause) {
        return new IllegalArgumentException(
                "remote addresses, and ports if not all are meant, such as 10.9.0.0/16 or 10.9.0.1/32:8000-8999",
                cause);
    }
}
