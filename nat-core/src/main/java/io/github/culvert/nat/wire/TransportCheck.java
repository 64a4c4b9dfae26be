package io.github.culvert.nat.wire;

import io.github.culvert.nat.refusal.Layer;
import io.github.culvert.nat.refusal.Refusal;

/** The part of {@link HeaderCheck} that knows the transport headers. {@code at} is where one starts. */
final class TransportCheck {
    private TransportCheck() {}

    static boolean passes(HeaderCheck out, PacketWindow packet, int protocol, int at, int available, Extent extent) {
        return switch (protocol) {
            case UdpLayout.PROTOCOL -> passesUdp(out, packet, at, available, extent);
            case TcpLayout.PROTOCOL -> passesTcp(out, packet, at, available);
            case IcmpLayout.PROTOCOL -> has(out, Layer.ICMP, at, IcmpLayout.HEADER, available);
            case GreLayout.PROTOCOL -> passesGre(out, packet, at, available, extent);
            case EspLayout.PROTOCOL -> passesEsp(out, packet, at, available);
            case AhLayout.PROTOCOL -> passesAh(out, packet, at, available);
            case L2tpv3Layout.PROTOCOL -> passesL2tpv3(out, packet, at, available, extent);
            default -> true;
        };
    }

    private static boolean passesUdp(HeaderCheck out, PacketWindow packet, int at, int available, Extent extent) {
        if (!has(out, Layer.UDP, at, UdpLayout.HEADER, available)) {
            return false;
        }
        int length = UdpLayout.length(packet.i32(at + UdpLayout.ROW1));
        int field = at + UdpLayout.LENGTH;
        if (length < UdpLayout.HEADER) {
            return out.refuse(Refusal.BAD_UDP_LENGTH, Layer.UDP, field, UdpLayout.HEADER, length);
        }
        return fits(length, available, extent)
                || out.refuse(Refusal.BAD_UDP_LENGTH, Layer.UDP, field, length, available);
    }

    private static boolean passesTcp(HeaderCheck out, PacketWindow packet, int at, int available) {
        if (!has(out, Layer.TCP, at, TcpLayout.OPTIONS, available)) {
            return false;
        }
        int length = TcpLayout.headerLength(packet.i32(at + TcpLayout.ROW3));
        int field = at + TcpLayout.ROW3;
        if (length < TcpLayout.OPTIONS) {
            return out.refuse(Refusal.BAD_TCP_OFFSET, Layer.TCP, field, TcpLayout.OPTIONS, length);
        }
        return length <= available || out.refuse(Refusal.BAD_TCP_OFFSET, Layer.TCP, field, length, available);
    }

    /** A version that nobody knows, and routing, which only RFC 1701 reads, have no known length: they pass. */
    private static boolean passesGre(HeaderCheck out, PacketWindow packet, int at, int available, Extent extent) {
        if (!has(out, Layer.GRE, at, GreLayout.HEADER, available)) {
            return false;
        }
        int row0 = packet.i32(at + GreLayout.ROW0);
        if (GreLayout.isPlain(row0)) {
            return has(out, Layer.GRE, at, GreLayout.plainLength(row0), available);
        }
        return !GreLayout.isEnhanced(row0) || passesEnhancedGre(out, packet, at, available, extent);
    }

    private static boolean passesEnhancedGre(
            HeaderCheck out, PacketWindow packet, int at, int available, Extent extent) {
        int row0 = packet.i32(at + GreLayout.ROW0);
        if (!GreLayout.hasEnhancedFlags(row0)) {
            int right = GreLayout.enhancedFlags(row0);
            return out.refuse(Refusal.BAD_GRE_HEADER, Layer.GRE, at, right, GreLayout.flags(row0));
        }
        int header = GreLayout.enhancedLength(row0);
        if (!has(out, Layer.GRE, at, header, available)) {
            return false;
        }
        int length = GreLayout.payloadLength(packet.i32(at + GreLayout.ENHANCED_ROW1));
        int field = at + GreLayout.ENHANCED_ROW1;
        return fits(length, available - header, extent)
                || out.refuse(Refusal.BAD_GRE_HEADER, Layer.GRE, field, length, available - header);
    }

    private static boolean passesEsp(HeaderCheck out, PacketWindow packet, int at, int available) {
        return has(out, Layer.ESP, at, EspLayout.HEADER, available)
                && hasSpi(out, packet, Layer.ESP, at + EspLayout.SPI);
    }

    private static boolean passesAh(HeaderCheck out, PacketWindow packet, int at, int available) {
        if (!has(out, Layer.AH, at, AhLayout.ICV, available) || !hasSpi(out, packet, Layer.AH, at + AhLayout.SPI)) {
            return false;
        }
        int length = AhLayout.headerLength(packet.i32(at + AhLayout.ROW0));
        if (length < AhLayout.ICV) {
            return out.refuse(Refusal.BAD_TUNNEL_HEADER, Layer.AH, at, AhLayout.ICV, length);
        }
        return length <= available || out.refuse(Refusal.BAD_TUNNEL_HEADER, Layer.AH, at, length, available);
    }

    private static boolean passesL2tpv3(HeaderCheck out, PacketWindow packet, int at, int available, Extent extent) {
        if (!has(out, Layer.L2TPV3, at, L2tpv3Layout.DATA_HEADER, available)) {
            return false;
        }
        return packet.i32(at + L2tpv3Layout.SESSION_ID) != 0
                || has(out, Layer.L2TPV3, at, L2tpv3Layout.AVPS, available)
                        && passesL2tpv3Control(out, packet, at, available, extent);
    }

    private static boolean passesL2tpv3Control(
            HeaderCheck out, PacketWindow packet, int at, int available, Extent extent) {
        int row1 = packet.i32(at + L2tpv3Layout.ROW1);
        int field = at + L2tpv3Layout.ROW1;
        if (L2tpv3Layout.version(row1) != L2tpv3Layout.VERSION_3) {
            int version = L2tpv3Layout.version(row1);
            return out.refuse(Refusal.BAD_TUNNEL_HEADER, Layer.L2TPV3, field, L2tpv3Layout.VERSION_3, version);
        }
        if (!L2tpv3Layout.hasControlFlags(row1)) {
            int right = L2tpv3Layout.controlFlags(row1);
            return out.refuse(Refusal.BAD_TUNNEL_HEADER, Layer.L2TPV3, field, right, L2tpv3Layout.flags(row1));
        }
        int length = L2tpv3Layout.length(row1);
        int least = L2tpv3Layout.AVPS - L2tpv3Layout.ROW1;
        if (length < least) {
            return out.refuse(Refusal.BAD_TUNNEL_HEADER, Layer.L2TPV3, field, least, length);
        }
        return fits(length, available - L2tpv3Layout.ROW1, extent)
                || out.refuse(Refusal.BAD_TUNNEL_HEADER, Layer.L2TPV3, field, length, available - L2tpv3Layout.ROW1);
    }

    private static boolean has(HeaderCheck out, Layer layer, int at, int needed, int available) {
        return available >= needed || out.refuse(Refusal.SHORT_TRANSPORT_HEADER, layer, at, needed, available);
    }

    /** Zero is never on the wire (RFC 4302 section 2.4, RFC 4303 section 2.1). */
    private static boolean hasSpi(HeaderCheck out, PacketWindow packet, Layer layer, int field) {
        return packet.i32(field) != 0 || out.refuse(Refusal.BAD_TUNNEL_HEADER, layer, field, 1, 0);
    }

    private static boolean fits(int length, int available, Extent extent) {
        return length <= available || extent == Extent.FIRST_PART;
    }
}
