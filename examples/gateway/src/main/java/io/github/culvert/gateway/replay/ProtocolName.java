package io.github.culvert.gateway.replay;

/** Names IP protocols. */
final class ProtocolName {
    private ProtocolName() {}

    static String of(int number) {
        return switch (number) {
            case 1 -> "ICMP";
            case 2 -> "IGMP";
            case 4 -> "IPIP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 33 -> "DCCP";
            case 41 -> "6IN4";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "AH";
            case 89 -> "OSPF";
            case 115 -> "L2TPV3";
            case 132 -> "SCTP";
            case 136 -> "UDPLITE";
            default -> "PROTOCOL-" + number;
        };
    }
}
