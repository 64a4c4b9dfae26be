package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.FIN;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.engine.NatCounters;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the requirements on ALGs holds without one: for plain flows, and for protocols that nobody asked for. */
class PlainFlowTest {
    private final Lab lab = Lab.standard();

    private static Ipv4Packet flawed(Ipv4Packet good) {
        byte[] bytes = good.octets().toByteArray();
        bytes[bytes.length - 1] ^= 1;
        return new Ipv4Packet(Octets.of(bytes));
    }

    private static Ipv4Packet segment(TcpFlag... flags) {
        return ipv4(IN1, OUT1)
                .transport(TcpSegment.builder()
                        .ports(40_000, 80)
                        .sequence(101)
                        .flags(flags)
                        .payload(Octets.fromHex("01020304")))
                .build();
    }

    /** GRE, ESP, AH and L2TPv3: nothing lets them through that was not asked for. */
    @ParameterizedTest
    @ValueSource(ints = {47, 50, 51, 115})
    @Tag("NAT-UDP-13")
    void req10WithoutAnAlgNothingIsLetThrough(int protocol) {
        Octets header = Octets.fromHex("3001880B000012340000000000000001");
        lab.send(ipv4(IN1, OUT1).protocol(protocol).payload(header).build()).isRefused(Refusal.UNKNOWN_PROTOCOL);
        lab.send(ipv4(OUT1, EXT1).protocol(protocol).payload(header).build()).isRefused(Refusal.UNKNOWN_PROTOCOL);
        assertThat(lab.sessions()).isEmpty();
    }

    /** The ports of control channels are like any other: nothing in them is changed, and nothing opens. */
    @Test
    @Tag("NAT-UDP-13")
    void req10ControlChannelsAreOrdinaryFlows() {
        lab.connect("IN1:40000 > OUT1:1723");
        lab.udp("IN1:1701 > OUT1:1701").arrives("EXT1:1701 > OUT1:1701");
        lab.udp("IN1:500 > OUT1:500").arrives("EXT1:500 > OUT1:500");
        assertThat(lab.sessions()).hasSize(3);
    }

    @Test
    @Tag("NAT-UDP-16")
    void req13TooBigForTheNextHop() {
        Lab narrow = Lab.with(config -> config.withPath(config.path().withOutsideMtu(1400)));
        Octets data = Octets.of(new byte[1472]);
        Ipv4Packet whole = ipv4(IN1, OUT1).dontFragment().udp(5000, 53, data).build();
        Ipv4Packet answer = narrow.send(whole).isRefusedWithAnswer(Refusal.TOO_BIG);
        assertThat(answer.destination()).isEqualTo(IN1);
        assertThat(answer.octets().slice(20, 2)).isEqualTo(Octets.fromHex("0304"));
        assertThat(answer.octets().u16(26)).isEqualTo(0x0578);
        Ipv4Packet cuttable =
                ipv4(IN1, OUT1).identification(9).udp(5000, 53, data).build();
        assertThat(narrow.send(cuttable)
                        .arrivesInFragments(2, "EXT1:5000 > OUT1:53")
                        .identification())
                .isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {47, 50, 115})
    @Tag("NAT-ICMP-16")
    void errorsAboutWhatNobodySentAreForNobody(int protocol) {
        lab.udp("IN1:5000 > OUT1:53").passes();
        Octets start = Octets.fromHex("3001880B0000123400000000");
        Ipv4Packet sent = ipv4(EXT1, OUT1).protocol(protocol).payload(start).build();
        lab.send(portUnreachable("OUT1", sent)).isRefused(Refusal.NO_QUOTED_SESSION);
        lab.send(portUnreachable("OUT1", Lab.udpPacket("EXT1:5000 > OUT1:53"))).passes();
    }

    /** Each thing that grows can be read together with what it may grow to. */
    @ParameterizedTest
    @EnumSource(
            value = Gauge.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"COMMANDS", "MEMORY"})
    @Tag("SEC-09")
    void whatGrowsHasALimit(Gauge gauge) {
        NatCounters counters = lab.bed().engine().counters();
        assertThat(counters.limit(gauge)).isPositive().isLessThan(Integer.MAX_VALUE);
        assertThat(counters.gauge(gauge)).isBetween(0L, counters.limit(gauge));
    }

    /** One host that opens all it can, of every kind, leaves the others what they need. */
    @Test
    @Tag("SEC-09")
    void oneFloodingHostTakesNothingFromTheOthers() {
        for (int i = 0; i < 20_000; i++) {
            lab.udp("IN1:" + (1024 + i) + " > OUT1:53").all();
            lab.tcp("IN1:" + (1024 + i) + " > OUT1:80", SYN).all();
            lab.ping("IN1:" + i + " > OUT1").all();
        }
        for (int i = 0; i < 1_000; i++) {
            lab.udp("IN2:" + (30_000 + i) + " > OUT1:53").passes();
            lab.tcp("IN3:" + (30_000 + i) + " > OUT1:80", SYN).passes();
        }
    }

    /** It passes with its error and leaves no trace; the good one after it counts. */
    @Test
    @Tag("SEC-17")
    void aSegmentWithAWrongChecksumLeavesNoTrace() {
        lab.send(flawed(segment(SYN))).isRefused(Refusal.BAD_TRANSPORT_CHECKSUM);
        assertThat(lab.sessions()).isEmpty();
        lab.connect("IN1:40000 > OUT1:80");
        lab.send(flawed(segment(FIN, ACK))).arrives("EXT1:40000 > OUT1:80");
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        lab.send(segment(FIN, ACK)).arrives("EXT1:40000 > OUT1:80");
        assertThat(state()).isEqualTo(SessionState.INSIDE_FIN);
    }

    /** Where the caller vouches for the checksum, state is taken without a look at it. */
    @ParameterizedTest
    @EnumSource(
            value = ChecksumStatus.class,
            names = {"TRUSTED", "PARTIAL"})
    @Tag("SEC-17")
    void whatTheCallerVouchesForIsNotSummed(ChecksumStatus checksum) {
        lab.send(Side.INSIDE, flawed(segment(SYN)), checksum).arrives("EXT1:40000 > OUT1:80");
        assertThat(state()).isEqualTo(SessionState.INIT);
    }

    private SessionState state() {
        return lab.session(Protocol.TCP, "IN1:40000", "OUT1:80").orElseThrow().state();
    }
}
