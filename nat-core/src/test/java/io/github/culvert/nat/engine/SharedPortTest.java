package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN3;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.UdpDatagram;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.alg.MurmurAlg;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.lab.Errors;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import io.github.culvert.nat.testkit.packet.PacketAssert;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an engine does for an ALG that has inside hosts share a UDP port, shown by a made-up one. */
class SharedPortTest {
    private static final String FIRST = "IN1:7001 > OUT1:7001";
    private static final String SECOND = "IN2:7001 > OUT1:7001";
    private static final String BACK = "OUT1:7001 > EXT1:7001";

    private NatEngine engine = start(NatBed.config(EXT1));
    private Lab lab = Lab.around(engine);

    private NatEngine start(NatConfig config) {
        engine = NatEngine.builder(config)
                .random(new SplittableRandom(1))
                .alg(new MurmurAlg())
                .build();
        lab = Lab.around(engine);
        return engine;
    }

    /** A datagram along a route, with its payload in hexadecimal. */
    static Ipv4Packet murmur(String route, String payload) {
        Endpoint from = Lab.endpoint(route.split(" > ", 2)[0]);
        Endpoint to = Lab.endpoint(route.split(" > ", 2)[1]);
        return ipv4(from.address(), to.address())
                .udp((int) from.identifier(), (int) to.identifier(), Octets.fromHex(payload))
                .build();
    }

    private Sent say(String route, String payload) {
        return lab.send(murmur(route, payload));
    }

    private static String payload(Sent sent) {
        PacketAssert.assertThatPacket(sent.packet()).hasRightChecksums();
        return ((UdpDatagram) sent.packet().transport()).payload().toString();
    }

    /** The outside identifier that a hello gets. */
    private int hello(String route, int id) {
        Sent sent = say(route, "000048%04X".formatted(id));
        sent.arrives(BACK.split(" > ", 2)[1] + " > " + BACK.split(" > ", 2)[0]);
        return ((UdpDatagram) sent.packet().transport()).payload().u16(3);
    }

    private AlgStatus status() {
        return engine.table().algs().get(0);
    }

    /** However it went, after all timeouts nothing is left. */
    @AfterEach
    void nothingIsLeft() {
        lab.at(5000).late();
        lab.at(5001).late();
        assertThat(status().channels()).isZero();
        assertThat(status().sessions()).isZero();
        assertThat(engine.flows().sessionCount()).isZero();
        assertThat(engine.flows().hostCount()).isZero();
    }

    @Test
    void twoHostsBehindOnePortAreToldApart() {
        assertThat(hello(FIRST, 5)).isEqualTo(5);
        int second = hello(SECOND, 5);
        assertThat(second).isNotEqualTo(5);
        say(BACK, "0005" + "4100").arrives("OUT1:7001 > IN1:7001");
        Sent in = say(BACK, "%04X4100".formatted(second)).arrives("OUT1:7001 > IN2:7001");
        assertThat(payload(in)).isEqualToIgnoringCase("00054100");
        assertThat(hello(SECOND, 5)).isEqualTo(second);
        assertThat(status()).isEqualTo(new AlgStatus("murmur", true, 2, 2));
    }

    @Test
    void whatNobodyHasBoundIsRefused() {
        hello(FIRST, 5);
        say(BACK, "00064100").isRefused(Refusal.NO_BINDING);
        say(BACK, "00004100").isRefused(Refusal.NO_BINDING);
        say(BACK, "00").isRefused(Refusal.NO_BINDING);
        say("OUT2:7001 > EXT1:7001", "00054100").isRefused(Refusal.NO_BINDING);
        say("OUT1:7002 > EXT1:7001", "00054100").isRefused(Refusal.NO_BINDING);
        assertThat(status()).isEqualTo(new AlgStatus("murmur", true, 1, 1));
    }

    @Test
    void whatGoesElsewhereGetsPortsAsEver() {
        hello(FIRST, 5);
        hello(SECOND, 5);
        int one = lab.udp("IN1:7001 > OUT2:53").port();
        int two = lab.udp("IN2:7001 > OUT2:53").port();
        assertThat(one).isNotEqualTo(7001).isNotEqualTo(two);
        assertThat(two).isNotEqualTo(7001);
        assertThat(lab.udp("IN1:7001 > OUT1:53").port()).isEqualTo(one);
        lab.udp("OUT1:53 > EXT1:" + one).arrives("OUT1:53 > IN1:7001");
        lab.udp("OUT2:53 > EXT1:" + two).arrives("OUT2:53 > IN2:7001");
        assertThat(lab.udp("IN1:5000 > OUT1:7001").port()).isEqualTo(5000);
        say(BACK, "00054100").arrives("OUT1:7001 > IN1:7001");
    }

    @Test
    void severalRemotesShareThePortToo() {
        hello(FIRST, 5);
        say("IN2:7001 > OUT2:7001", "0000480005").arrives("EXT1:7001 > OUT2:7001");
        say(BACK, "00054100").arrives("OUT1:7001 > IN1:7001");
        say("OUT2:7001 > EXT1:7001", "00054100").arrives("OUT2:7001 > IN2:7001");
    }

    @Test
    void aPortThatSomebodyHasIsNotShared() {
        lab.udp("IN3:7001 > OUT2:53").arrives("EXT1:7001 > OUT2:53");
        assertThat(say(FIRST, "0000480005").port()).isNotEqualTo(7001);
        lab.udp("OUT2:53 > EXT1:7001").arrives("OUT2:53 > IN3:7001");
    }

    @Test
    void aPortThatIsReservedIsNotShared() {
        engine.table().reserveForHost(Protocol.UDP, EXT1, 7001, 7001);
        assertThat(say(FIRST, "0000480005").port()).isNotEqualTo(7001);
        say(BACK, "00054100").goesToHost(HostTraffic.RESERVED);
    }

    @Test
    void aPortThatIsSharedIsNobodysOwn() {
        hello(FIRST, 5);
        StaticForward forward = new StaticForward(Protocol.UDP, new Endpoint(EXT1, 7001), new Endpoint(IN3, 7001));
        assertThatThrownBy(() -> engine.table().addForward(forward)).hasMessageContaining("shared");
        assertThatThrownBy(() -> engine.table().reserveForHost(Protocol.UDP, EXT1, 7001, 7001))
                .hasMessageContaining("shared");
        say(BACK, "00054100").arrives("OUT1:7001 > IN1:7001");
    }

    @Test
    void aHostBindsForItselfAlone() {
        hello(FIRST, 5);
        say(FIRST, "0000420007").passes();
        assertThat(engine.counters().notices()).containsEntry("ALG_FAILED", 1L);
        assertThat(status().sessions()).isZero();
        say(BACK, "00074100").isRefused(Refusal.NO_BINDING);
        say(BACK, "00054100").isRefused(Refusal.NO_BINDING);
    }

    @Test
    void aTrackerThatThrowsTakesNoOtherWithIt() {
        hello(FIRST, 5);
        int second = hello(SECOND, 5);
        say(FIRST, "000023").arrives("EXT1:7001 > OUT1:7001");
        say(BACK, "00054100").isRefused(Refusal.NO_BINDING);
        say(BACK, "%04X4100".formatted(second)).arrives("OUT1:7001 > IN2:7001");
    }

    @Test
    void whatIsGivenUpRestsAndIsNobodys() {
        hello(FIRST, 5);
        assertThat(payload(say(FIRST, "0000580005"))).isEqualToIgnoringCase("0000580005");
        say(BACK, "00054100").isRefused(Refusal.NO_BINDING);
        assertThat(hello(SECOND, 5)).isNotEqualTo(5);
        lab.at(31).late();
        assertThat(hello(FIRST, 5)).isEqualTo(5);
    }

    @Test
    void anIdentifierIsKeptByWhatComesInToIt() {
        hello(FIRST, 5);
        for (int i = 1; i < 5; i++) {
            lab.at(50 * i).late();
            say(BACK, "00054100").arrives("OUT1:7001 > IN1:7001");
        }
        lab.at(260.5).late();
        say(BACK, "00054100").isRefused(Refusal.NO_BINDING);
        assertThat(engine.counters().notices()).containsEntry("MURMUR_IDLE", 1L);
    }

    @Test
    void nothingComesInByASessionThatHasEnded() {
        hello(FIRST, 5);
        hello(SECOND, 6);
        for (int i = 1; i < 7; i++) {
            lab.at(45 * i);
            say(BACK, "00054100").arrives("OUT1:7001 > IN1:7001");
        }
        say(SECOND, "000041").passes();
        lab.at(300.5);
        say(BACK, "00054100").isRefused(Refusal.NO_BINDING);
        assertThat(status().channels()).isLessThan(2);
    }

    @Test
    void aHostHasAShare() {
        hello(FIRST, 5);
        hello(FIRST, 6);
        hello(FIRST, 7);
        assertThat(engine.counters().notices()).containsEntry("MURMUR_NO_ROOM", 1L);
        say(BACK, "00074100").isRefused(Refusal.NO_BINDING);
    }

    @Test
    void whatIsSwitchedOffEndsAtOnce() {
        hello(FIRST, 5);
        hello(SECOND, 5);
        engine.table().disable("murmur");
        assertThat(status()).isEqualTo(new AlgStatus("murmur", false, 0, 0));
        say(BACK, "00054100").isRefused(Refusal.NO_MAPPING);
        int one = say(FIRST, "0000480005").port();
        int two = say(SECOND, "0000480005").port();
        assertThat(one).isNotEqualTo(two);
        say("OUT1:7001 > EXT1:" + one, "00054100").arrives("OUT1:7001 > IN1:7001");
        say("OUT1:7001 > EXT1:" + two, "00054100").arrives("OUT1:7001 > IN2:7001");
    }

    @Test
    void whatTurnsRoundIsRefused() {
        hello(FIRST, 5);
        say("IN2:7001 > EXT1:7001", "00054100").isRefused(Refusal.NO_BINDING);
        say("IN2:5000 > EXT1:7001", "00054100").isRefused(Refusal.NO_BINDING);
        say(BACK, "00054100").arrives("OUT1:7001 > IN1:7001");
    }

    @Test
    void whatTheHostSendsTakesNoPart() {
        hello(FIRST, 5);
        Ipv4Packet own = murmur("EXT1:7001 > OUT1:7001", "00004100");
        assertThat(lab.send(Side.HOST, own).source()).isNotEqualTo(new Endpoint(EXT1, 7001));
        say(BACK, "00054100").arrives("OUT1:7001 > IN1:7001");
    }

    @Test
    void anErrorAboutAPortThatIsSharedIsNobodys() {
        Ipv4Packet sent = say(FIRST, "0000480005").packet();
        lab.send(Errors.portUnreachable("OUT1", sent)).isRefused(Refusal.NO_QUOTED_SESSION);
    }

    @Test
    void aWrongChecksumBindsNothing() {
        byte[] bytes = murmur(FIRST, "0000480005").octets().toByteArray();
        bytes[bytes.length - 1] ^= 3;
        lab.send(Ipv4Packet.parse(Octets.of(bytes)).orElseThrow()).isRefused(Refusal.BAD_TRANSPORT_CHECKSUM);
        assertThat(status()).isEqualTo(new AlgStatus("murmur", true, 0, 0));
    }

    @Test
    void aPublicAddressTakesItsSharesWithIt() {
        start(NatBed.config(EXT1, EXT2));
        var mine = say(FIRST, "0000480005").source().address();
        engine.table().removePublicAddress(mine);
        assertThat(status()).isEqualTo(new AlgStatus("murmur", true, 0, 0));
        assertThat(say(FIRST, "0000480005").port()).isEqualTo(7001);
    }
}
