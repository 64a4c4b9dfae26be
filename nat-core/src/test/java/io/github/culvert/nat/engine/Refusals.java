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

import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.config.IcmpPolicy;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpBuilder;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.Crowd;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** For each refusal an engine that is ready for it, and a packet that provokes it. */
final class Refusals {
    private static final int CROWD = 300;
    private static final int LEAST_FRAGMENT_BYTES = 65_536;
    private static final Octets DATA = Octets.fromHex("0102030405060708");
    private static final Octets QUOTED = udp(EXT1, 0, OUT1, 53).octets();
    private static final Octets PACKET = udp(IN1, 5000, OUT1, 53).octets();

    /** The refusals that a packet meets at once; the others come by time, or have a control channel as their stage. */
    static final Set<Refusal> AT_ONCE = EnumSet.complementOf(EnumSet.of(
            Refusal.FRAGMENT_TIMEOUT,
            Refusal.STREAM_OUT_OF_ORDER,
            Refusal.STREAM_OUT_OF_WINDOW,
            Refusal.STREAM_INCONSISTENT,
            Refusal.STREAM_LIMIT,
            Refusal.CHANNEL_CUT,
            Refusal.CHANNEL_REFUSED));

    private Refusals() {}

    /** The side that the packet comes from. */
    static Side side(Refusal reason) {
        return switch (reason) {
            case NO_MAPPING,
                    NO_BINDING,
                    FILTERED,
                    TCP_WITHOUT_SYN,
                    NO_QUOTED_SESSION,
                    SEQUENCE_OUT_OF_WINDOW,
                    BAD_QUOTED_PACKET,
                    BAD_INNER_IP_CHECKSUM,
                    MTU_TOO_SMALL -> Side.OUTSIDE;
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
            case BAD_FRAGMENT -> fragment(6, 0, 16, DATA.slice(0, 7));
            case TINY_FRAGMENT -> fragment(6, 0, 8, DATA);
            case FRAGMENT_OVERLAP -> fragment(17, 1, 24, DATA);
            case FRAGMENT_DUPLICATE -> fragment(17, 2, 8, DATA);
            case FRAGMENT_TIMEOUT -> fragment(17, 3, 8, DATA);
            case FRAGMENT_LIMIT -> fragment(17, 4, 8, DATA);
            case SOURCE_ROUTE ->
                ipv4(IN1, OUT1).options(Octets.fromHex("830304")).octets();
            case MARTIAN_SOURCE ->
                udp(Ipv4Address.parse("127.0.0.1"), 1, OUT1, 2).octets();
            case MARTIAN_DESTINATION -> udp(IN1, 1, IN2, 2).octets();
            case SPOOFED_INSIDE -> udp(OUT2, 1, OUT1, 2).octets();
            case TTL_EXPIRED -> ipv4(IN1, OUT1).ttl(1).udp(1, 2, DATA).octets();
            case TOO_BIG ->
                ipv4(IN1, OUT1)
                        .dontFragment()
                        .udp(1, 2, PACKET.then(PACKET).then(PACKET))
                        .octets();
            case HAIRPIN -> ipv4(IN1, EXT1).protocol(97).payload(DATA).octets();
            case UNKNOWN_PROTOCOL -> protocol(97, DATA);
            case ICMP_DIRECTION -> echoReply(IN1, OUT1, 7).octets();
            case ICMP_TYPE -> error(9, Octets.empty());
            case ICMP_DEPRECATED -> error(4, QUOTED);
            case ICMP_DISABLED -> error(5, QUOTED);
            case MTU_TOO_SMALL -> tooSmall();
            case BAD_QUOTED_PACKET -> fromOutside(11, QUOTED.slice(0, 27));
            case BAD_INNER_IP_CHECKSUM -> fromOutside(11, Octets.fromHex("4501").then(QUOTED.from(2)));
            case NO_QUOTED_SESSION -> fromOutside(11, udp(EXT1, 4, OUT1, 53).octets());
            case SEQUENCE_OUT_OF_WINDOW -> fromOutside(11, stale());
            case NO_MAPPING -> udp(OUT1, 53, EXT1, 5001).octets();
            case NO_BINDING -> Binder.gre(OUT1, EXT1, 0x5002).octets();
            case FILTERED -> udp(OUT2, 53, EXT1, 0).octets();
            case TCP_WITHOUT_SYN -> tcp(OUT1, 81, EXT1, 5000, ACK).octets();
            case HOST_MAPPING_LIMIT,
                    MAPPING_LIMIT,
                    HOST_SESSION_LIMIT,
                    HOST_SESSION_RATE,
                    SESSION_RATE,
                    SESSION_LIMIT,
                    ADDRESSES_EXHAUSTED,
                    IDENTIFIERS_EXHAUSTED -> udp(IN1, 5001, OUT1, 53).octets();
            case MAPPING_SESSION_LIMIT -> udp(IN1, 0, OUT2, 53).octets();
            case PROTOCOL_BUSY -> ipv4(IN2, OUT1).protocol(97).payload(DATA).octets();
            case MID_STREAM_RATE -> tcp(IN1, 6001, OUT1, 80, ACK).octets();
            case HOST_LIMIT -> udp(IN2, 5001, OUT1, 53).octets();
            case INDEX_BUSY -> udp(IN1, 0, crowded(), 53).octets();
            case STREAM_OUT_OF_ORDER,
                    STREAM_OUT_OF_WINDOW,
                    STREAM_INCONSISTENT,
                    STREAM_LIMIT,
                    CHANNEL_CUT,
                    CHANNEL_REFUSED -> throw new IllegalArgumentException(reason + " needs a control channel");
        };
    }

    private static Octets fragment(int protocol, int identification, int offset, Octets data) {
        return ipv4(IN1, OUT1)
                .protocol(protocol)
                .identification(identification)
                .fragmentOffset(offset)
                .moreFragments()
                .payload(data)
                .octets();
    }

    /** What makes an engine ready for one that is refused because of others. */
    private static List<Octets> before(Refusal reason) {
        return switch (reason) {
            case FRAGMENT_OVERLAP -> List.of(fragment(17, 1, 8, DATA.then(DATA)), fragment(17, 1, 16, DATA));
            case FRAGMENT_DUPLICATE -> List.of(fragment(17, 2, 8, DATA));
            case FRAGMENT_LIMIT ->
                IntStream.range(5, 5 + LEAST_FRAGMENT_BYTES / 192)
                        .mapToObj(id -> fragment(17, id, 8, DATA))
                        .toList();
            default -> List.of();
        };
    }

    private static Octets error(int type, Octets quoted) {
        return ipv4(IN1, OUT1)
                .transport(IcmpMessage.builder().type(type, 0).data(quoted))
                .octets();
    }

    private static Octets fromOutside(int type, Octets quoted) {
        return ipv4(OUT2, EXT1)
                .transport(IcmpMessage.builder().type(type, 0).data(quoted))
                .octets();
    }

    private static Octets tooSmall() {
        return ipv4(OUT2, EXT1)
                .transport(IcmpMessage.builder().fragmentationNeeded(67).data(QUOTED))
                .octets();
    }

    /** A segment of the TCP session that its sender has long left behind. */
    private static Octets stale() {
        return ipv4(EXT1, OUT1)
                .transport(TcpSegment.builder().ports(5000, 80).sequence(0xA000_0000L))
                .octets();
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
            case MAPPING_LIMIT -> Limits.STANDARD.withMappings(1);
            case MAPPING_SESSION_LIMIT -> Limits.STANDARD.withSessionsPerMapping(1);
            default -> Limits.STANDARD;
        };
        Pairing pairing = reason == Refusal.ADDRESSES_EXHAUSTED ? Pairing.FALL_OVER : Pairing.STRICT;
        NatConfig config = NatBed.config(EXT1)
                .withIdentifiers(IdentifierPolicy.STANDARD.withPairing(pairing))
                .withPath(PathPolicy.STANDARD.withHop(true).withOutsideMtu(100))
                .withFragments(FragmentPolicy.STANDARD
                        .withBytes(LEAST_FRAGMENT_BYTES)
                        .withBytesPerSource(LEAST_FRAGMENT_BYTES))
                .withIcmp(IcmpPolicy.STANDARD.withAnswers(Set.of()))
                .withLimits(limits)
                .withRates(rates(reason))
                .withPortless(reason == Refusal.PROTOCOL_BUSY ? Set.of(97) : Set.of());
        NatEngineBuilder builder = NatEngine.builder(config).random(Crowd.KNOWN);
        NatBed bed = new NatBed((reason == Refusal.NO_BINDING ? builder.alg(new BoundAlg()) : builder).build());
        if (reason == Refusal.IDENTIFIERS_EXHAUSTED || reason == Refusal.ADDRESSES_EXHAUSTED) {
            bed.table().reserveForHost(Protocol.UDP, EXT1, 1, 65_535);
        }
        bed.fromInside(udp(IN1, 0, OUT1, 53));
        if (reason == Refusal.SEQUENCE_OUT_OF_WINDOW) {
            TcpBuilder syn =
                    TcpSegment.builder().ports(5000, 80).sequence(0x2000_0000L).flags(SYN);
            bed.fromInside(ipv4(IN1, OUT1).transport(syn).build());
        }
        if (reason == Refusal.TCP_WITHOUT_SYN) {
            bed.fromInside(tcp(IN1, 5000, OUT1, 80, SYN));
        }
        if (reason == Refusal.MID_STREAM_RATE) {
            bed.fromInside(tcp(IN1, 6000, OUT1, 80, ACK));
        }
        if (reason == Refusal.PROTOCOL_BUSY) {
            bed.fromInside(ipv4(IN1, OUT1).protocol(97).payload(DATA).build());
        }
        if (reason == Refusal.NO_BINDING) {
            new Binder(bed.engine()).call(IN1, EXT1, OUT1, 0x1234, 0x5001, 0x0080);
        }
        if (reason == Refusal.INDEX_BUSY) {
            Crowd.remotes(Protocol.UDP, IN1, 0, CROWD).forEach(remote -> bed.fromInside(udp(IN1, 0, remote, 53)));
        }
        before(reason).forEach(packet -> bed.sendAll(side(reason), packet, ChecksumStatus.VERIFY));
        return bed.engine();
    }

    private static Rates rates(Refusal reason) {
        Rate one = new Rate(1, 1);
        return switch (reason) {
            case HOST_SESSION_RATE -> Rates.STANDARD.withSessionsPerHost(one);
            case SESSION_RATE -> Rates.STANDARD.withSessions(one);
            default -> Rates.STANDARD.withMidStream(one);
        };
    }
}
