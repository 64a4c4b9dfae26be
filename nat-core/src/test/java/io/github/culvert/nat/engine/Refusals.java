package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.echoReply;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static io.github.culvert.nat.testkit.bed.Packets.udp;

import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.Crowd;
import io.github.culvert.nat.testkit.bed.NatBed;

/** For each refusal an engine that is ready for it, and a packet that provokes it. */
final class Refusals {
    private static final int CROWD = 300;
    private static final Octets DATA = Octets.fromHex("0102030405060708");
    private static final Octets PACKET = udp(IN1, 5000, OUT1, 53).octets();

    private Refusals() {}

    /** The side that the packet comes from. */
    static Side side(Refusal reason) {
        return switch (reason) {
            case NO_MAPPING, FILTERED, TCP_WITHOUT_SYN -> Side.OUTSIDE;
            default -> Side.INSIDE;
        };
    }

    /** A packet that is refused for a reason. */
    static Octets packet(Refusal reason) {
        return switch (reason) {
            case SHORT_IP_HEADER -> PACKET.slice(0, 12);
            case BAD_IP_VERSION -> starting("35");
            case BAD_HEADER_LENGTH -> starting("43");
            case BAD_TOTAL_LENGTH -> starting("45000013");
            case CUT_SHORT -> PACKET.slice(0, 31);
            case BAD_IP_CHECKSUM -> starting("4501");
            case BAD_OPTION -> ipv4(IN1, OUT1).options(Octets.fromHex("8300")).octets();
            case SHORT_TRANSPORT_HEADER -> protocol(17, PACKET.slice(0, 7));
            case BAD_UDP_LENGTH -> protocol(17, Octets.fromHex("1388003500070000"));
            case BAD_TCP_OFFSET ->
                ipv4(IN1, OUT1).transport(TcpSegment.builder().headerLength(8)).octets();
            case BAD_GRE_HEADER -> protocol(47, Octets.fromHex("3001880B00FF123400000000"));
            case BAD_TUNNEL_HEADER -> protocol(51, Octets.fromHex("1100000000000001000000010000000000000000"));
            case BAD_TRANSPORT_CHECKSUM ->
                ipv4(IN1, OUT1)
                        .transport(TcpSegment.builder().flags(SYN).checksum(7))
                        .octets();
            case BAD_ICMP_CHECKSUM ->
                ipv4(IN1, OUT1).transport(IcmpMessage.builder().checksum(7)).octets();
            case SOURCE_ROUTE ->
                ipv4(IN1, OUT1).options(Octets.fromHex("830304")).octets();
            case MARTIAN_SOURCE ->
                udp(Ipv4Address.parse("127.0.0.1"), 1, OUT1, 2).octets();
            case MARTIAN_DESTINATION -> udp(IN1, 1, IN2, 2).octets();
            case SPOOFED_INSIDE -> udp(OUT2, 1, OUT1, 2).octets();
            case TTL_EXPIRED -> ipv4(IN1, OUT1).ttl(1).udp(1, 2, DATA).octets();
            case TOO_BIG ->
                ipv4(IN1, OUT1).udp(1, 2, PACKET.then(PACKET).then(PACKET)).octets();
            case HAIRPIN -> udp(IN1, 1, EXT1, 2).octets();
            case FRAGMENT ->
                ipv4(IN1, OUT1).protocol(17).moreFragments().payload(DATA).octets();
            case UNKNOWN_PROTOCOL -> protocol(97, DATA);
            case ICMP_TYPE -> echoReply(IN1, OUT1, 7).octets();
            case NO_MAPPING -> udp(OUT1, 53, EXT1, 5001).octets();
            case FILTERED -> udp(OUT2, 53, EXT1, 0).octets();
            case TCP_WITHOUT_SYN -> tcp(OUT1, 81, EXT1, 5000, ACK).octets();
            case HOST_MAPPING_LIMIT, HOST_SESSION_LIMIT, SESSION_LIMIT, IDENTIFIERS_EXHAUSTED, ADDRESSES_EXHAUSTED ->
                udp(IN1, 5001, OUT1, 53).octets();
            case HOST_LIMIT -> udp(IN2, 5001, OUT1, 53).octets();
            case INDEX_BUSY -> udp(IN1, 0, crowded(), 53).octets();
        };
    }

    private static Octets starting(String hex) {
        return Octets.fromHex(hex).then(PACKET.from(hex.length() / 2));
    }

    private static Octets protocol(int number, Octets payload) {
        return ipv4(IN1, OUT1).protocol(number).payload(payload).octets();
    }

    /** The last of more remotes than an index has place for whose secrets are known. */
    private static Ipv4Address crowded() {
        return Crowd.remotes(Protocol.UDP, IN1, 0, CROWD).get(CROWD - 1);
    }

    /** An engine with a UDP session of IN1:0, a TCP session of IN1:5000 where there may be one, and no more room. */
    static NatEngine engine(Refusal reason) {
        Limits limits = switch (reason) {
            case HOST_MAPPING_LIMIT -> Limits.of(9, 9, 1, 9);
            case HOST_SESSION_LIMIT -> Limits.of(9, 9, 9, 1);
            case HOST_LIMIT -> Limits.of(9, 1, 9, 9);
            case SESSION_LIMIT -> Limits.of(1, 9, 9, 9);
            default -> Limits.STANDARD;
        };
        Pairing pairing = reason == Refusal.ADDRESSES_EXHAUSTED ? Pairing.FALL_OVER : Pairing.STRICT;
        NatConfig config = NatBed.config(EXT1)
                .withIdentifiers(IdentifierPolicy.STANDARD.withPairing(pairing))
                .withPath(PathPolicy.STANDARD.withHop(true).withOutsideMtu(100))
                .withLimits(limits);
        NatBed bed = new NatBed(NatEngine.builder(config).random(Crowd.KNOWN).build());
        if (reason == Refusal.IDENTIFIERS_EXHAUSTED || reason == Refusal.ADDRESSES_EXHAUSTED) {
            bed.table().reserveForHost(Protocol.UDP, EXT1, 1, 65_535);
        }
        bed.fromInside(udp(IN1, 0, OUT1, 53));
        if (reason == Refusal.TCP_WITHOUT_SYN) {
            bed.fromInside(tcp(IN1, 5000, OUT1, 80, SYN));
        }
        if (reason == Refusal.INDEX_BUSY) {
            Crowd.remotes(Protocol.UDP, IN1, 0, CROWD).forEach(remote -> bed.fromInside(udp(IN1, 0, remote, 53)));
        }
        return bed.engine();
    }
}
