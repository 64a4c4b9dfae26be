package io.github.culvert.gateway.replay;

/** Names the field of a packet to which a byte belongs, for people who read a report. */
final class FieldName {
    private static final String[] IPV4 = {
        "IPv4 version", "IPv4 type of service", "IPv4 total length", "IPv4 total length",
        "IPv4 identification", "IPv4 identification", "IPv4 fragment offset", "IPv4 fragment offset",
        "IPv4 time to live", "IPv4 protocol", "IPv4 header checksum", "IPv4 header checksum",
        "IPv4 source", "IPv4 source", "IPv4 source", "IPv4 source",
        "IPv4 destination", "IPv4 destination", "IPv4 destination", "IPv4 destination"
    };

    private FieldName() {}

    /** The name of the field at an offset from the start of the datagram. */
    static String at(Datagram datagram, int offset) {
        int transport = datagram.headerLength();
        if (offset < IPV4.length) {
            return IPV4[offset];
        }
        if (offset < transport) {
            return "IPv4 options";
        }
        return datagram.hasTransport(8) ? inTransport(datagram.protocol(), offset - transport) : "payload";
    }

    private static String inTransport(int protocol, int offset) {
        return switch (protocol) {
            case Datagram.TCP -> tcp(offset);
            case Datagram.UDP -> udp(offset);
            case Datagram.ICMP -> icmp(offset);
            case Datagram.GRE -> gre(offset);
            default -> "payload";
        };
    }

    private static String tcp(int offset) {
        return switch (offset / 2) {
            case 0 -> "TCP source port";
            case 1 -> "TCP destination port";
            case 8 -> "TCP checksum";
            default -> offset < 20 ? "TCP header" : "TCP options or payload";
        };
    }

    private static String udp(int offset) {
        return switch (offset / 2) {
            case 0 -> "UDP source port";
            case 1 -> "UDP destination port";
            case 2 -> "UDP length";
            case 3 -> "UDP checksum";
            default -> "UDP payload";
        };
    }

    private static String icmp(int offset) {
        return switch (offset / 2) {
            case 0 -> "ICMP type or code";
            case 1 -> "ICMP checksum";
            case 2 -> "ICMP identifier";
            case 3 -> "ICMP sequence";
            default -> "ICMP payload";
        };
    }

    private static String gre(int offset) {
        return switch (offset / 2) {
            case 0, 1 -> "GRE flags and protocol";
            case 2 -> "GRE key";
            case 3 -> "GRE key, PPTP Call ID";
            default -> "GRE sequence or payload";
        };
    }
}
