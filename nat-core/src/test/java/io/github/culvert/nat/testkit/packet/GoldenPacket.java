package io.github.culvert.nat.testkit.packet;

import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Well-formed packets as bytes, from the file {@code golden-packets.txt} beside this class, which has one field a line
 * and what it means. Their checksums were not computed by the code that they test.
 */
public enum GoldenPacket {
    /** UDP (RFC 768) with four bytes of payload. */
    UDP,
    /** UDP behind an IPv4 header with options (RFC 791 section 3.1). */
    UDP_WITH_OPTIONS,
    /** UDP whose sender computed no checksum (RFC 768). */
    UDP_WITHOUT_CHECKSUM,
    /** A TCP segment that opens a connection (RFC 9293), with options. */
    TCP_SYN,
    /** A TCP segment with payload of an odd length and many flags (RFC 9293, RFC 3168). */
    TCP_DATA,
    /** An echo request (RFC 792). */
    ICMP_ECHO,
    /** An error that quotes IPv4 header and eight bytes (RFC 792, RFC 1191). */
    ICMP_TOO_BIG,
    /** An error with an extension after the quoted packet (RFC 4884, RFC 4950). */
    ICMP_WITH_EXTENSIONS,
    /** GRE with every optional field (RFC 2784, RFC 2890). */
    GRE_PLAIN,
    /** Enhanced GRE of PPTP with data and acknowledgment (RFC 2637 section 4.1). */
    GRE_ENHANCED,
    /** Enhanced GRE that only acknowledges (RFC 2637 section 4.1). */
    GRE_ACKNOWLEDGMENT,
    /** ESP (RFC 4303 section 2). */
    ESP,
    /** An Authentication Header (RFC 4302 section 2). */
    AH,
    /** L2TPv3 data directly over IP (RFC 3931 section 4.1.1.1). */
    L2TPV3_DATA,
    /** An L2TPv3 control message directly over IP (RFC 3931 section 4.1.1.2). */
    L2TPV3_CONTROL,
    /** The first fragment of a UDP datagram (RFC 791 section 3.2). */
    FIRST_FRAGMENT,
    /** The last fragment of a UDP datagram (RFC 791 section 3.2). */
    LAST_FRAGMENT,
    /** A protocol that nobody knows. */
    UNKNOWN;

    /** The file, by name; a class of its own, since an enum cannot have it before its constants. */
    private static final class File {
        static final Map<String, Octets> PACKETS = Arrays.stream(text().split("\n\\["))
                .skip(1)
                .collect(Collectors.toMap(part -> part.split("]")[0], part -> annotated(part.split("\n", 2)[1])));

        private static String text() {
            try (InputStream file = GoldenPacket.class.getResourceAsStream("golden-packets.txt")) {
                return new String(file.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The bytes. */
    public Octets octets() {
        return File.PACKETS.get(name());
    }

    /** The bytes, parsed. */
    public Ipv4Packet packet() {
        return Ipv4Packet.parse(octets()).orElseThrow();
    }

    /** Reads hexadecimal bytes of which each line ends with a bar and what they mean. */
    public static Octets annotated(String text) {
        return Octets.fromHex(
                text.lines().map(line -> line.replaceFirst("\\|.*", "")).collect(Collectors.joining()));
    }
}
