package io.github.culvert.nat.engine;

import static io.github.culvert.nat.engine.Binder.gre;
import static io.github.culvert.nat.engine.Binder.word;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.mapping.HostUsage;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import io.github.culvert.nat.testkit.packet.Fragments;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GRE by Call IDs (RFC 2637 section 4.1), bound as an ALG binds it; and identifiers of 32 bits. */
class BoundFlowTest {
    private final List<NatEvent> events = new ArrayList<>();
    private Lab lab = Lab.standard();
    private Binder binder = start(config(EXT1, EXT2));

    private Binder start(NatConfig config) {
        NatEngine engine = NatEngine.builder(config)
                .random(new SplittableRandom(1))
                .listener(events::add)
                .alg(new BoundAlg())
                .build();
        lab = Lab.around(engine);
        binder = new Binder(engine);
        return binder;
    }

    private void call() {
        binder.call(IN1, EXT1, OUT1, 0x1234, 0x5001, 0x0080);
    }

    private static Ipv4Packet withPayload(Ipv4Address from, Ipv4Address to, String gre) {
        return ipv4(from, to).protocol(47).payload(Octets.fromHex(gre)).build();
    }

    private static int callId(Ipv4Packet packet) {
        return packet.octets().u16(packet.headerLength() + 6);
    }

    private static void isRight(Ipv4Packet packet, Ipv4Address from, Ipv4Address to, int callId) {
        assertThat(packet.source()).isEqualTo(from);
        assertThat(packet.destination()).isEqualTo(to);
        assertThat(callId(packet)).isEqualTo(callId);
    }

    @Test
    @Tag("PPTP-08")
    void whatComesInGetsTheInsideIdentifier() {
        call();
        Octets sent = Octets.fromHex("3001880B000450010000000061626364");
        Ipv4Packet out = lab.send(withPayload(OUT1, EXT1, "3001880B000450010000000061626364"))
                .packet();
        isRight(out, OUT1, IN1, 0x1234);
        Octets gre = out.octets().from(20);
        assertThat(gre.slice(0, 6)).isEqualTo(sent.slice(0, 6));
        assertThat(gre.from(8)).isEqualTo(sent.from(8));
        // all else of the IPv4 header, its right checksum too, is that of a packet made for the inside host
        assertThat(out.octets().slice(0, 20))
                .isEqualTo(withPayload(OUT1, IN1, "3001880B000450010000000061626364")
                        .octets()
                        .slice(0, 20));
    }

    @Test
    void whatGoesOutKeepsTheRemoteIdentifier() {
        call();
        Ipv4Packet out = lab.send(gre(IN1, OUT1, 0x0080)).packet();
        assertThat(out).isEqualTo(gre(EXT1, OUT1, 0x0080));
    }

    @Test
    void packetsWithoutDataAreTranslatedToo() {
        call();
        Ipv4Packet out =
                lab.send(withPayload(OUT1, EXT1, "2081880B0000500100000000")).packet();
        assertThat(out.octets().from(20)).isEqualTo(Octets.fromHex("2081880B0000123400000000"));
    }

    @Test
    void hostsWithEqualIdentifiersAreToldApart() {
        call();
        binder.call(IN2, EXT1, OUT1, 0x1234, 0x5002, 0x0080);
        isRight(lab.send(gre(OUT1, EXT1, 0x5001)).packet(), OUT1, IN1, 0x1234);
        isRight(lab.send(gre(OUT1, EXT1, 0x5002)).packet(), OUT1, IN2, 0x1234);
        isRight(lab.send(gre(IN1, OUT1, 0x0080)).packet(), EXT1, OUT1, 0x0080);
        isRight(lab.send(gre(IN2, OUT1, 0x0080)).packet(), EXT1, OUT1, 0x0080);
    }

    @Test
    void whatIsBoundToNothingIsRefusedInSilence() {
        call();
        events.clear();
        lab.send(gre(OUT1, EXT1, 0x1234)).isRefused(Refusal.NO_BINDING);
        lab.send(gre(OUT2, EXT1, 0x5001)).isRefused(Refusal.NO_BINDING);
        lab.send(gre(OUT1, EXT2, 0x5001)).isRefused(Refusal.NO_BINDING);
        lab.send(gre(IN1, OUT1, 0x5001)).isRefused(Refusal.NO_BINDING);
        lab.send(gre(IN2, OUT1, 0x0080)).isRefused(Refusal.NO_BINDING);
        lab.send(gre(IN1, EXT2, 0x0080)).isRefused(Refusal.NO_BINDING);
        assertThat(events).isEmpty();
        assertThat(lab.refused(Refusal.NO_BINDING)).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1001880B000450010000000061626364",
                "B001880B000450010000000061626364",
                "3001880B07D050010000000061626364"
            })
    void whatContradictsItselfIsRefused(String gre) {
        call();
        Octets packet =
                ipv4(OUT1, EXT1).protocol(47).payload(Octets.fromHex(gre)).octets();
        lab.sendEach(Side.OUTSIDE, List.of(packet)).areRefused(1, Refusal.BAD_GRE_HEADER);
    }

    @Test
    void otherGreGoesItsOwnWay() {
        start(config(EXT1).withPortless(Set.of(47)));
        call();
        Ipv4Packet plain = withPayload(IN1, OUT1, "00000800");
        assertThat(lab.send(plain).packet()).isEqualTo(withPayload(EXT1, OUT1, "00000800"));
        Ipv4Packet answer = withPayload(OUT1, EXT1, "2000080000005001AABB");
        assertThat(lab.send(answer).packet()).isEqualTo(withPayload(OUT1, IN1, "2000080000005001AABB"));
        isRight(lab.send(gre(OUT1, EXT1, 0x5001)).packet(), OUT1, IN1, 0x1234);
        lab.send(withPayload(IN2, OUT1, "00000800")).isRefusedWithAnswer(Refusal.PROTOCOL_BUSY);
    }

    @Test
    void withoutADemultiplexerNothingIsTold() {
        start(config(EXT1).withPortless(Set.of(47)));
        lab.table().disable(BoundAlg.NAME);
        call();
        lab.send(gre(OUT1, EXT1, 0x5001)).isRefused(Refusal.NO_MAPPING);
        assertThat(lab.send(gre(IN2, OUT1, 0x0080)).packet()).isEqualTo(gre(EXT1, OUT1, 0x0080));
        assertThat(lab.send(gre(OUT1, EXT1, 0x5001)).packet()).isEqualTo(gre(OUT1, IN2, 0x5001));
        lab.table().enable(BoundAlg.NAME);
        isRight(lab.send(gre(OUT1, EXT1, 0x5001)).packet(), OUT1, IN1, 0x1234);
        lab.table().disable(BoundAlg.NAME);
        assertThat(lab.send(gre(OUT1, EXT1, 0x5001)).packet()).isEqualTo(gre(OUT1, IN2, 0x5001));
    }

    @Test
    void packetsOfEitherDirectionKeepASession() {
        call();
        for (int i = 1; i < 9; i++) {
            lab.at(50 * i).late();
            lab.send(i % 2 == 0 ? gre(OUT1, EXT1, 0x5001) : gre(IN1, OUT1, 0x0080))
                    .passes();
        }
        lab.at(460.1);
        lab.send(gre(OUT1, EXT1, 0x5001)).isRefused(Refusal.NO_BINDING);
        assertThat(events).hasAtLeastOneElementOfType(NatEvent.PortlessClosed.class);
        assertThat(binder.isFree(EXT1, OUT1, 0x5001)).isFalse();
        lab.at(490.5).late();
        assertThat(binder.isFree(EXT1, OUT1, 0x5001)).isTrue();
        assertThat(lab.table().usageOf(IN1)).isEmpty();
    }

    @Test
    void sessionsAreListedWithTheirIdentifiers() {
        call();
        lab.send(gre(OUT1, EXT1, 0x5001)).passes();
        List<PortlessSession> list = new ArrayList<>();
        lab.table().forEachPortless(list::add);
        assertThat(list).singleElement().satisfies(session -> {
            assertThat(session.inbound().packets()).isEqualTo(1);
            assertThat(session.identifiers())
                    .contains(new PortlessSession.Identifiers(0x1234, 0x5001, OptionalLong.of(0x80)));
        });
        assertThat(lab.table().closePortless(session -> true)).isEqualTo(1);
        lab.send(gre(OUT1, EXT1, 0x5001)).isRefused(Refusal.NO_BINDING);
    }

    @Test
    void optionsAreNoHindrance() {
        call();
        Ipv4Packet out = lab.send(ipv4(OUT1, EXT1)
                        .options(Octets.fromHex("01010101"))
                        .protocol(47)
                        .payload(gre(OUT1, EXT1, 0x5001).octets().from(20))
                        .build())
                .packet();
        isRight(out, OUT1, IN1, 0x1234);
    }

    @Test
    void fragmentsAreJudgedWhole() {
        call();
        Ipv4Packet whole = withPayload(OUT1, EXT1, "3001880B002050010000000A" + "61".repeat(32));
        Sent out = lab.sendEach(Side.OUTSIDE, Fragments.cut(whole, 16, 32));
        isRight(out.datagram(), OUT1, IN1, 0x1234);
        assertThat(out.all()).hasSize(3);
        Ipv4Packet stray = withPayload(OUT1, EXT1, "3001880B002050020000000A" + "61".repeat(32));
        List<Octets> parts = Fragments.cut(stray, 16, 32);
        lab.sendEach(Side.OUTSIDE, parts).areRefused(3, Refusal.NO_BINDING);
    }

    @Test
    void whatIsTooLargeIsCutOrAnswered() {
        start(config(EXT1).withPath(PathPolicy.STANDARD.withOutsideMtu(68)));
        call();
        String data = "3001880B00500080" + "0000000A" + "61".repeat(80);
        assertThat(lab.send(withPayload(IN1, OUT1, data)).datagram()).satisfies(out -> isRight(out, EXT1, OUT1, 0x80));
        Ipv4Packet whole = ipv4(IN1, OUT1)
                .dontFragment()
                .protocol(47)
                .payload(Octets.fromHex(data))
                .build();
        lab.send(whole).isRefusedWithAnswer(Refusal.TOO_BIG);
    }

    @Test
    void aHopIsTakenOnce() {
        start(config(EXT1, EXT2).withPath(PathPolicy.STANDARD.withHop(true)));
        call();
        assertThat(lab.send(gre(OUT1, EXT1, 0x5001)).packet().ttl()).isEqualTo(63);
        Ipv4Packet last = ipv4(OUT1, EXT1)
                .ttl(1)
                .protocol(47)
                .payload(gre(OUT1, EXT1, 0x5001).octets().from(20))
                .build();
        lab.send(last).isRefusedWithAnswer(Refusal.TTL_EXPIRED);
    }

    @Test
    void identifiersOf32BitsStayAsTheyAre() {
        binder.bind(115, IN1, EXT1, OUT1, 0x8000_0001, 0x8000_0001, 0x1_0000);
        assertThat(lab.send(word(OUT1, EXT1, 0x8000_0001)).packet()).isEqualTo(word(OUT1, IN1, 0x8000_0001));
        assertThat(lab.send(word(IN1, OUT1, 0x1_0000)).packet()).isEqualTo(word(EXT1, OUT1, 0x1_0000));
        lab.send(word(OUT1, EXT1, 1)).isRefused(Refusal.NO_BINDING);
    }

    @Test
    void whatTheHostSendsItselfIsItsOwn() {
        call();
        Ipv4Packet own = gre(EXT1, OUT1, 0x0080);
        assertThat(lab.send(Side.HOST, own).packet()).isEqualTo(own);
        assertThat(lab.table().usageOf(IN1))
                .get()
                .extracting(HostUsage::sessions)
                .isEqualTo(1);
    }

    @Test
    void aPublicAddressTakesItsSessionsWithIt() {
        call();
        binder.call(IN2, EXT2, OUT1, 0x1234, 0x5001, 0x0080);
        lab.table().removePublicAddress(EXT2);
        lab.send(gre(IN2, OUT1, 0x0080)).isRefused(Refusal.NO_BINDING);
        lab.send(gre(IN1, OUT1, 0x0080)).passes();
        lab.table().addPublicAddress(EXT2);
        assertThat(binder.isFree(EXT2, OUT1, 0x5001)).isTrue();
    }
}
