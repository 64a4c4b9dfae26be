package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.IN3;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.channel.Pairs;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.alg.WhisperAlg;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.lab.Errors;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an engine does for an ALG that infers whose an inbound identifier is, shown by a made-up one. */
class PairTest {
    private NatEngine engine = start(NatBed.config(EXT1));
    private Lab lab = Lab.around(engine);

    private NatEngine start(NatConfig config) {
        engine = NatEngine.builder(config)
                .random(new SplittableRandom(1))
                .alg(new WhisperAlg())
                .build();
        lab = Lab.around(engine);
        return engine;
    }

    static Ipv4Packet whisper(Ipv4Address from, Ipv4Address to, int id, String letters) {
        StringBuilder hex = new StringBuilder("%08X".formatted(id));
        for (char letter : letters.toCharArray()) {
            hex.append("%02X".formatted((int) letter));
        }
        return ipv4(from, to)
                .protocol(WhisperAlg.PROTOCOL)
                .payload(Octets.fromHex(hex.toString()))
                .build();
    }

    private Sent say(Ipv4Address from, Ipv4Address to, int id) {
        return say(from, to, id, "n...");
    }

    private Sent say(Ipv4Address from, Ipv4Address to, int id, String letters) {
        return lab.send(whisper(from, to, id, letters));
    }

    private void reaches(Sent sent, Ipv4Address host) {
        assertThat(sent.packet().destination()).isEqualTo(host);
        assertThat(sent.one().exit()).isEqualTo(Delivery.Exit.INSIDE);
    }

    private AlgStatus status() {
        return engine.table().algs().get(0);
    }

    private long told(WhisperAlg.Told notice) {
        return engine.counters().notices().getOrDefault(notice.name(), 0L);
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
    void twoHostsAreToldApart() {
        assertThat(say(IN1, OUT1, 0xA1).packet()).isEqualTo(whisper(EXT1, OUT1, 0xA1, "n..."));
        say(IN2, OUT1, 0xB1).passes();
        assertThat(say(OUT1, EXT1, 0x111).packet()).isEqualTo(whisper(OUT1, IN1, 0x111, "n..."));
        reaches(say(OUT1, EXT1, 0x222), IN2);
        reaches(say(OUT1, EXT1, 0x111), IN1);
        reaches(say(OUT1, EXT1, 0x222), IN2);
        assertThat(say(IN1, OUT1, 0xA1).packet().source()).isEqualTo(EXT1);
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 1, 4));
    }

    @Test
    void whatNobodyAskedForIsRefusedAndLeavesNothing() {
        for (int id = 0; id < 1000; id++) {
            say(OUT1, EXT1, id).isRefused(Refusal.NO_BINDING);
        }
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 0, 0));
        say(IN1, OUT1, 0xA1).passes();
        say(OUT2, EXT1, 0x111).isRefused(Refusal.NO_BINDING);
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 1, 1));
    }

    @Test
    void inDoubtNobodyGetsIt() {
        say(IN1, OUT1, 0xA1).passes();
        say(IN2, OUT1, 0xB1).passes();
        reaches(say(OUT1, EXT1, 0x111), IN1);
        reaches(say(OUT1, EXT1, 0x222), IN2);
        say(OUT1, EXT1, 0x333).isRefused(Refusal.NO_BINDING);
        assertThat(told(WhisperAlg.Told.WHISPER_AMBIGUOUS)).isEqualTo(1);
    }

    @Test
    void aWrongGuessIsUndone() {
        say(IN1, OUT1, 0xA1).passes();
        say(IN2, OUT1, 0xB1).passes();
        reaches(say(OUT1, EXT1, 0x222), IN1);
        say(IN2, OUT1, 0xB2, "c...\0\0\2\42").passes();
        reaches(say(OUT1, EXT1, 0x222), IN2);
        reaches(say(OUT1, EXT1, 0x111), IN1);
        assertThat(status().sessions()).isEqualTo(5);
    }

    @Test
    void allHostsThatMayOwnItGetACopy() {
        say(IN1, OUT1, 0xA1).passes();
        say(IN2, OUT1, 0xB1).passes();
        say(IN3, OUT2, 0xC1).passes();
        Sent copies = say(OUT1, EXT1, 0x111, "*...");
        assertThat(copies.all())
                .extracting(Delivery::packet)
                .containsExactly(whisper(OUT1, IN1, 0x111, "*..."), whisper(OUT1, IN2, 0x111, "*..."));
        assertThat(copies.all()).allMatch(copy -> copy.exit() == Delivery.Exit.INSIDE);
        assertThat(status().sessions()).isEqualTo(3);
        assertThat(engine.counters().packets(Direction.INBOUND)).isEqualTo(2);
    }

    @Test
    void copiesTakeAHop() {
        start(NatBed.config(EXT1).withPath(PathPolicy.STANDARD.withHop(true)));
        say(IN1, OUT1, 0xA1).passes();
        assertThat(say(OUT1, EXT1, 0x111, "*...").packet().ttl()).isEqualTo(63);
    }

    @Test
    void aHostThatNeverSentAnythingGetsNothing() {
        say(IN1, OUT1, 0xA1).passes();
        say(OUT1, EXT1, 0x111, "x...").isRefused(Refusal.NO_BINDING);
        assertThat(engine.counters().notices()).containsEntry("ALG_FAILED", 1L);
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 0, 0));
        say(IN1, OUT1, 0xA1).passes();
        say(OUT1, EXT1, 0x111, "+...").isRefused(Refusal.NO_BINDING);
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 0, 0));
    }

    @Test
    void aTrackerThatThrowsEndsItsPair() {
        say(IN1, OUT1, 0xA1).passes();
        say(IN2, OUT2, 0xB1).passes();
        reaches(say(OUT1, EXT1, 0x111), IN1);
        say(OUT1, EXT1, 0x222, "#...").isRefused(Refusal.NO_BINDING);
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 1, 1));
        say(OUT1, EXT1, 0x111).isRefused(Refusal.NO_BINDING);
        say(IN1, OUT1, 0xA1).passes();
        reaches(say(OUT1, EXT1, 0x111), IN1);
    }

    @Test
    void aPairMayBeLetGoOrAPacketRefused() {
        say(IN1, OUT1, 0xA1).passes();
        say(IN1, OUT1, 0xA2, "?...").isRefused(Refusal.NO_BINDING);
        assertThat(status().sessions()).isEqualTo(1);
        say(OUT1, EXT1, 0x111, "!...").isRefused(Refusal.NO_BINDING);
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 0, 0));
        assertThat(told(WhisperAlg.Told.WHISPER_STOPPED)).isEqualTo(1);
    }

    @Test
    void whatIsIdleEndsAndTheTrackerIsTold() {
        say(IN1, OUT1, 0xA1).passes();
        reaches(say(OUT1, EXT1, 0x111), IN1);
        for (int i = 1; i < 5; i++) {
            lab.at(50 * i).late();
            say(IN1, OUT1, 0xA1).passes();
        }
        assertThat(told(WhisperAlg.Told.WHISPER_IDLE)).isEqualTo(1);
        assertThat(told(WhisperAlg.Told.WHISPER_IDLE_OUT)).isZero();
        assertThat(status().sessions()).isEqualTo(1);
        reaches(say(OUT1, EXT1, 0x111), IN1);
        lab.at(261).late();
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 0, 0));
        assertThat(told(WhisperAlg.Told.WHISPER_EXPIRED)).isEqualTo(1);
        assertThat(engine.counters().notices()).doesNotContainKey("ALG_FAILED");
        say(OUT1, EXT1, 0x111).isRefused(Refusal.NO_BINDING);
    }

    @Test
    void aTimerKeepsAPairUntilItIsDue() {
        say(IN1, OUT1, 0xA1, "T...").isRefused(Refusal.NO_BINDING);
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 1, 0));
        lab.at(5.1).late();
        assertThat(told(WhisperAlg.Told.WHISPER_TIMER)).isEqualTo(1);
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 0, 0));
    }

    @Test
    void thereAreOnlySoManyPairs() {
        for (int remote = 0; remote < Pairs.MOST; remote++) {
            say(IN1, new Ipv4Address(0x0808_0000 + remote), 0xA1, "T...").isRefused(Refusal.NO_BINDING);
        }
        assertThat(status().channels()).isEqualTo(Pairs.MOST);
        say(IN1, OUT1, 0xA1).isRefused(Refusal.NO_BINDING);
        assertThat(engine.counters().notices()).containsEntry("ALG_NO_ROOM", 1L);
        lab.at(6).late();
        assertThat(status().channels()).isZero();
        say(IN1, OUT1, 0xA1).passes();
    }

    @Test
    void whatIsSwitchedOffEndsAtOnce() {
        say(IN1, OUT1, 0xA1).passes();
        reaches(say(OUT1, EXT1, 0x111), IN1);
        engine.table().disable("whisper");
        assertThat(status()).isEqualTo(new AlgStatus("whisper", false, 0, 0));
        assertThat(told(WhisperAlg.Told.WHISPER_OFF)).isEqualTo(1);
        say(OUT1, EXT1, 0x111).isRefused(Refusal.UNKNOWN_PROTOCOL);
        engine.table().enable("whisper");
        say(OUT1, EXT1, 0x111).isRefused(Refusal.NO_BINDING);
        say(IN1, OUT1, 0xA1).passes();
        reaches(say(OUT1, EXT1, 0x111), IN1);
    }

    @Test
    void aHostHasAShareAndNoOtherSuffers() {
        say(IN1, OUT1, 0xA1).passes();
        say(IN1, OUT1, 0xA2).passes();
        say(IN1, OUT1, 0xA3).passes();
        say(IN1, OUT1, 0xA4).isRefused(Refusal.NO_BINDING);
        assertThat(told(WhisperAlg.Told.WHISPER_NO_ROOM)).isEqualTo(1);
        say(IN2, OUT1, 0xB1).passes();
        reaches(say(OUT1, EXT1, 0x111), IN1);
        reaches(say(OUT1, EXT1, 0x222), IN2);
    }

    @Test
    void errorsReachWhoSentWhatTheyQuote() {
        Ipv4Packet sent = say(IN1, OUT1, 0xA1).packet();
        say(IN2, OUT1, 0xB1).passes();
        lab.send(Errors.error("OUT2", 3, 4, sent)).quotes("IN1 > OUT1");
    }

    @Test
    void whatTurnsRoundIsRefused() {
        say(IN1, EXT1, 0xA1).isRefused(Refusal.NO_BINDING);
        assertThat(status()).isEqualTo(new AlgStatus("whisper", true, 0, 0));
    }

    @Test
    void aPublicAddressTakesItsPairsWithIt() {
        start(NatBed.config(EXT1, EXT2));
        Ipv4Address mine = say(IN1, OUT1, 0xA1).packet().source();
        reaches(say(OUT1, mine, 0x111), IN1);
        engine.table().removePublicAddress(mine);
        Ipv4Address other = mine.equals(EXT1) ? EXT2 : EXT1;
        say(OUT1, other, 0x111).isRefused(Refusal.NO_BINDING);
        assertThat(say(IN1, OUT1, 0xA1).packet().source()).isEqualTo(other);
        reaches(say(OUT1, other, 0x111), IN1);
    }

    @Test
    void allOfAHostComesFromOneAddress() {
        start(NatBed.config(EXT1, EXT2));
        Ipv4Address mine = say(IN1, OUT1, 0xA1).packet().source();
        assertThat(lab.udp("IN1:5000 > OUT1:53").packet().source()).isEqualTo(mine);
        Ipv4Address his = lab.udp("IN2:5000 > OUT1:53").packet().source();
        assertThat(say(IN2, OUT1, 0xB1).packet().source()).isEqualTo(his);
    }

    @Test
    void aFindingSaysWhoTalks() {
        say(IN1, OUT1, 0xA1).passes();
        lab.at(3);
        reaches(say(OUT1, EXT1, 0x111), IN1);
        say(IN2, OUT1, 0xB1).passes();
        assertThat(engine.table().findings()).extracting(Finding::host).containsExactlyInAnyOrder(IN1, IN2);
        Finding first = engine.table().findings().get(0);
        assertThat(first.peer()).isEqualTo(OUT1);
        assertThat(first.bytes()).isEqualTo(2 * 28);
        List<PortlessSession> sessions = new ArrayList<>();
        engine.table().forEachPortless(sessions::add);
        assertThat(sessions)
                .filteredOn(session -> session.identifiers().isPresent())
                .hasSize(1);
    }
}
