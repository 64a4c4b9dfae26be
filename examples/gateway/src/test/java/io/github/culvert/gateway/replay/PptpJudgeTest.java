package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.EXT1;
import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.IN2;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static io.github.culvert.gateway.replay.PptpTalk.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.report.Finding;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the judge asks of a NAT with PPTP. The same dialogue is written twice, as the inside and as the outside see it;
 * the second takes the place of the NAT, so no NAT is here that could share a mistake with the judge.
 */
class PptpJudgeTest {
    private static final long SECOND = 1_000_000_000;
    private static final PptpScope ON = new PptpScope(Set.of(1723), List.of(), List.of(), 16, 64, Duration.ofHours(2));

    private final List<Finding> findings = new ArrayList<>();
    private final List<String> handedIn = new ArrayList<>();
    private final Judge judge = new Judge(Played.CONFIG, ON, findings::add);

    private static PptpTalk inside(String host) {
        return new PptpTalk(host + ":5000", OUT1 + PORT, 1000);
    }

    private static PptpTalk outside(String port) {
        return new PptpTalk(EXT1 + port, OUT1 + PORT, 1000);
    }

    /** Passes a dialogue through a NAT that gives what the outside sees to the outside, and the recording to the inside. */
    private void pass(PptpTalk recorded, PptpTalk outside, long now) {
        assertThat(recorded.packets()).hasSameSizeAs(outside.packets());
        for (int i = 0; i < recorded.packets().size(); i++) {
            pass(recorded.packets().get(i), outside.packets().get(i), now);
        }
    }

    private void pass(byte[] recorded, byte[] outside, long now) {
        boolean in = new Ipv4Address(new Datagram(recorded).address(Place.SOURCE)).equals(Ipv4Address.parse(OUT1));
        Passage passage = judge.goesIn(in ? Packets.inbound(recorded) : Packets.outbound(recorded), now);
        judge.left(passage, in ? Direction.INBOUND : Direction.OUTBOUND, new Datagram(in ? recorded : outside), now);
        if (in) {
            handedIn.add(hex(passage.handedIn()));
            assertThat(hex(passage.handedIn())).isEqualTo(hex(outside));
        }
    }

    private static String hex(byte... packet) {
        return HexFormat.of().formatHex(packet);
    }

    private void assertFound(String detail) {
        assertThat(findings)
                .extracting(Finding::detail)
                .singleElement()
                .asString()
                .contains(detail);
    }

    private static PptpTalk call(PptpTalk talk, String id) {
        return talk.opened()
                .says(PptpTalk.callRequest(id))
                .getsGre(PptpTalk.greData(id))
                .hears(PptpTalk.callReply("0080", id, "01"))
                .says(PptpTalk.linkInfo("0080"))
                .sendsGre(PptpTalk.greData("0080"))
                .getsGre(PptpTalk.greAck(id));
    }

    @Test
    void theFarEndUsesTheCallIdThatItSaw() {
        PptpTalk inside = call(inside(IN1), "1234");
        PptpTalk outside = call(outside(":40000"), "5001");
        inside.hears(PptpTalk.wanError("1234")).says(PptpTalk.clear("1234")).hears(PptpTalk.disconnect("0080"));
        outside.hears(PptpTalk.wanError("5001")).says(PptpTalk.clear("5001")).hears(PptpTalk.disconnect("0080"));
        pass(inside, outside, 0);
        assertThat(findings).isEmpty();
        assertThat(judge.tally().packetsAsRecorded()).isEqualTo(inside.packets().size());
    }

    @Test
    void twoClientsWithOneCallIdAreToldApart() {
        pass(call(inside(IN1), "0000"), call(outside(":40000"), "5001"), 0);
        pass(call(inside(IN2), "0000"), call(outside(":40001"), "5002"), 0);
        pass(
                inside(IN1).getsGre(PptpTalk.greData("0000")),
                outside(":40000").getsGre(PptpTalk.greData("5001")),
                SECOND);
        assertThat(findings).isEmpty();
    }

    @Test
    void twoCallsThatShareACallIdAreAFault() {
        pass(call(inside(IN1), "0001"), call(outside(":40000"), "0001"), 0);
        PptpTalk second = inside(IN2).opened().says(PptpTalk.callRequest("0001"));
        pass(second, outside(":40001").opened().says(PptpTalk.callRequest("0001")), SECOND);
        assertFound("its Call ID 1 is that of another call");
    }

    @Test
    void aCallIdIsFreeAgainWhenItsCallIsOver() {
        PptpTalk first = call(inside(IN1), "0001").hears(PptpTalk.disconnect("0080"));
        pass(first, call(outside(":40000"), "0001").hears(PptpTalk.disconnect("0080")), 0);
        pass(call(inside(IN2), "0001"), call(outside(":40001"), "0001"), SECOND);
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 11, 12, 13, 14, 31})
    void aReplyMayBeCutAnywhere(int cut) {
        PptpTalk inside = inside(IN1).opened().says(PptpTalk.callRequest("1234"));
        PptpTalk outside = outside(":40000").opened().says(PptpTalk.callRequest("5001"));
        hearsInTwo(inside, PptpTalk.callReply("0080", "1234", "01"), cut);
        hearsInTwo(outside, PptpTalk.callReply("0080", "5001", "01"), cut);
        pass(inside, outside, 0);
        assertThat(findings).isEmpty();
    }

    private static void hearsInTwo(PptpTalk talk, String message, int cut) {
        String digits = message.replace(" ", "");
        talk.hears(digits.substring(0, 2 * cut)).hears(digits.substring(2 * cut));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 12, 13, 14, 167})
    void aRequestMayBeCutAnywhereAndSentAgainInOne(int cut) {
        PptpTalk inside = inside(IN1).opened();
        PptpTalk outside = outside(":40000").opened();
        saysInTwo(inside, PptpTalk.callRequest("1234"), cut);
        saysInTwo(outside, PptpTalk.callRequest("5001"), cut);
        inside.saysAt(-168, PptpTalk.callRequest("1234")).hears(PptpTalk.callReply("0080", "1234", "01"));
        outside.saysAt(-168, PptpTalk.callRequest("5001")).hears(PptpTalk.callReply("0080", "5001", "01"));
        pass(inside, outside, 0);
        assertThat(findings).isEmpty();
    }

    private static void saysInTwo(PptpTalk talk, String message, int cut) {
        String digits = message.replace(" ", "");
        talk.says(digits.substring(0, 2 * cut)).says(digits.substring(2 * cut));
    }

    @Test
    void messagesInOneSegmentAreAllSeen() {
        UnaryOperator<String> both = id -> PptpTalk.echoRequest() + PptpTalk.callRequest(id);
        UnaryOperator<String> replies =
                id -> PptpTalk.callReply("0080", id, "01") + PptpTalk.wanError(id) + PptpTalk.disconnect("0080");
        pass(
                inside(IN1).opened().says(both.apply("1234")).hears(replies.apply("1234")),
                outside(":40000").opened().says(both.apply("5001")).hears(replies.apply("5001")),
                0);
        assertThat(findings).isEmpty();
    }

    @Test
    void segmentsMayComeBeforeOthers() {
        PptpTalk inside = inside(IN1).opened().says(PptpTalk.callRequest("1234"));
        PptpTalk outside = outside(":40000").opened().says(PptpTalk.callRequest("5001"));
        inside.hearsAt(16, PptpTalk.callReply("0080", "1234", "01")).hears(PptpTalk.echoRequest());
        outside.hearsAt(16, PptpTalk.callReply("0080", "5001", "01")).hears(PptpTalk.echoRequest());
        inside.getsGre(PptpTalk.greData("1234")).sendsGre(PptpTalk.greData("0080"));
        outside.getsGre(PptpTalk.greData("5001")).sendsGre(PptpTalk.greData("0080"));
        pass(inside, outside, 0);
        assertThat(findings).isEmpty();
    }

    @Test
    void anotherCallIdWhenSentAgainIsAFault() {
        pass(
                inside(IN1).opened().says(PptpTalk.callRequest("1234")).saysAt(-168, PptpTalk.callRequest("1234")),
                outside(":40000")
                        .opened()
                        .says(PptpTalk.callRequest("5001"))
                        .saysAt(-168, PptpTalk.callRequest("5002")),
                0);
        assertFound("is 02 instead of 01");
    }

    @Test
    void aCallIdThatIsNotTranslatedLikeItsCallIsAFault() {
        pass(
                call(inside(IN1), "1234").says(PptpTalk.clear("1234")),
                call(outside(":40000"), "5001").says(PptpTalk.clear("1234")),
                0);
        assertFound("is 12 instead of 50");
    }

    @Test
    void aCallIdOfTheRemoteThatChangesIsAFault() {
        pass(
                inside(IN1).opened().says(PptpTalk.linkInfo("0080")),
                outside(":40000").opened().says(PptpTalk.linkInfo("0081")),
                0);
        assertFound("is 81 instead of 80");
    }

    @Test
    void aServerMayMeanTheClientsCallIdWhenItDisconnects() {
        PptpTalk inside = call(inside(IN1), "1234").hears(PptpTalk.disconnect("1234"));
        pass(inside, call(outside(":40000"), "5001").hears(PptpTalk.disconnect("5001")), 0);
        PptpTalk swapped = call(inside(IN2), "1234").hears(PptpTalk.disconnect("3412"));
        pass(swapped, call(outside(":40001"), "5002").hears(PptpTalk.disconnect("0250")), 0);
        assertThat(findings).isEmpty();
    }

    @Test
    void aServerInsideHasItsOwnCallIdsTranslated() {
        PptpTalk inside = new PptpTalk(OUT1 + ":5000", IN1 + PORT, 1000);
        PptpTalk outside = new PptpTalk(OUT1 + ":5000", EXT1 + PORT, 1000);
        Judge forwarding = new Judge(
                Played.CONFIG.withForwards(List.of(
                        new StaticForward(Protocol.TCP, Packets.endpoint(EXT1 + PORT), Packets.endpoint(IN1 + PORT)))),
                ON,
                findings::add);
        serve(inside, "0001");
        serve(outside, "5001");
        for (int i = 0; i < inside.packets().size(); i++) {
            byte[] packet = inside.packets().get(i);
            boolean in = new Datagram(packet).address(Place.DESTINATION)
                    == Ipv4Address.parse(IN1).bits();
            Passage passage = forwarding.goesIn(in ? Packets.inbound(packet) : Packets.outbound(packet), 0);
            byte[] seen = outside.packets().get(i);
            forwarding.left(passage, in ? Direction.INBOUND : Direction.OUTBOUND, new Datagram(in ? packet : seen), 0);
            assertThat(hex(in ? passage.handedIn() : seen)).isEqualTo(hex(seen));
        }
        assertThat(findings).isEmpty();
    }

    private static void serve(PptpTalk talk, String own) {
        talk.opened()
                .says(PptpTalk.callRequest("1234"))
                .hears(PptpTalk.callReply(own, "1234", "01"))
                .says(PptpTalk.linkInfo(own))
                .sendsGre(PptpTalk.greData(own))
                .getsGre(PptpTalk.greData("1234"))
                .says(PptpTalk.clear("1234"))
                .hears(PptpTalk.disconnect(own));
    }

    @Test
    void anIcmpErrorOfAnInsideHostQuotesWhatItsSenderSent() {
        pass(call(inside(IN1), "1234"), call(outside(":40000"), "5001"), 0);
        byte[] got = Packets.other(OUT1, IN1, 47, PptpTalk.greData("1234"));
        byte[] sent = Packets.other(OUT1, EXT1, 47, PptpTalk.greData("5001"));
        pass(Packets.icmp(IN1, OUT1, 3, 0, got), Packets.icmp(EXT1, OUT1, 3, 0, sent), 0);
        assertThat(findings).isEmpty();
    }

    @Test
    void anIcmpErrorFromOutsideQuotesTheRemotesCallId() {
        pass(call(inside(IN1), "1234"), call(outside(":40000"), "5001"), 0);
        byte[] sent = Packets.other(IN1, OUT1, 47, PptpTalk.greData("0080"));
        byte[] sentOutside = Packets.other(EXT1, OUT1, 47, PptpTalk.greData("0080"));
        pass(Packets.icmp(OUT1, IN1, 3, 0, sent), Packets.icmp(OUT1, EXT1, 3, 0, sentOutside), 0);
        assertThat(findings).isEmpty();
    }

    @Test
    void greThatGoesToTheWrongHostIsAFault() {
        pass(call(inside(IN1), "0001"), call(outside(":40000"), "5001"), 0);
        pass(call(inside(IN2), "0001"), call(outside(":40001"), "5002"), 0);
        Passage passage = judge.goesIn(Packets.inbound(Packets.other(OUT1, IN1, 47, PptpTalk.greData("0001"))), SECOND);
        judge.left(
                passage,
                Direction.INBOUND,
                new Datagram(Packets.other(OUT1, IN2, 47, PptpTalk.greData("0001"))),
                SECOND);
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.WRONG_BYTE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void greOfAnOpenCallMustPass(boolean in) {
        pass(call(inside(IN1), "0001"), call(outside(":40000"), "5001"), 0);
        byte[] gre = in
                ? Packets.other(OUT1, IN1, 47, PptpTalk.greData("0001"))
                : Packets.other(IN1, OUT1, 47, PptpTalk.greData("0080"));
        Recorded recorded = in ? Packets.inbound(gre) : Packets.outbound(gre);
        judge.refused(judge.goesIn(recorded, SECOND), Refusal.UNKNOWN_PROTOCOL, SECOND);
        assertFound("refused as UNKNOWN_PROTOCOL, but its call is open");
    }

    @Test
    void greOfNoCallMayBeRefused() {
        byte[] gre = Packets.other(OUT1, IN1, 47, PptpTalk.greData("0001"));
        judge.refused(judge.goesIn(Packets.inbound(gre), 0), Refusal.UNKNOWN_PROTOCOL, 0);
        pass(
                call(inside(IN1), "0001").hears(PptpTalk.disconnect("0080")),
                call(outside(":40000"), "5001").hears(PptpTalk.disconnect("0080")),
                SECOND);
        judge.refused(judge.goesIn(Packets.inbound(gre), SECOND), Refusal.UNKNOWN_PROTOCOL, SECOND);
        assertThat(findings)
                .extracting(Finding::kind)
                .containsOnly(Finding.Kind.REFUSED)
                .hasSize(2);
    }

    @Test
    void greFromAnotherPublicAddressThanItsConnectionIsAFault() {
        CallBook book = new CallBook(ON);
        PptpTalk inside = call(inside(IN1), "0001");
        PptpTalk outside = call(outside(":40000"), "5001");
        for (int i = 0; i < inside.packets().size(); i++) {
            Datagram packet = new Datagram(inside.packets().get(i));
            boolean in = packet.address(Place.SOURCE) == Ipv4Address.parse(OUT1).bits();
            Recorded recorded = in ? Packets.inbound(packet.array()) : Packets.outbound(packet.array());
            book.goesIn(recorded, 0);
            if (!in) {
                book.left(recorded, new Datagram(outside.packets().get(i)));
            }
        }
        Recorded gre = Packets.outbound(Packets.other(IN1, OUT1, 47, PptpTalk.greData("0080")));
        byte[] other = Packets.other("203.0.113.2", OUT1, 47, PptpTalk.greData("0080"));
        assertThat(book.fault(gre, new Datagram(other)))
                .contains("its source is 203.0.113.2, but its control connection has 203.0.113.1");
        assertThat(book.addressOf(Ipv4Address.parse(IN1), Ipv4Address.parse(OUT1)))
                .contains(Ipv4Address.parse(EXT1));
    }

    @Test
    void aStreamThatIsNoPptpMustNotChange() {
        String get = "474554202F20485454502F312E310D0A";
        pass(
                inside(IN1).opened().says(get).says(PptpTalk.callRequest("1234")),
                outside(":40000").opened().says(get).says(PptpTalk.callRequest("5001")),
                0);
        assertFound("is 50 instead of 12");
    }

    @Test
    void wherePptpIsOffNothingMayChange() {
        Judge off = new Judge(Played.CONFIG, PptpScope.OFF, findings::add);
        byte[] request = Packets.segment(IN1 + ":5000", OUT1 + PORT, 1, 2, 0x18, PptpTalk.callRequest("1234"));
        byte[] changed = Packets.segment(EXT1 + ":5000", OUT1 + PORT, 1, 2, 0x18, PptpTalk.callRequest("1235"));
        off.left(off.goesIn(Packets.outbound(request), 0), Direction.OUTBOUND, new Datagram(changed), 0);
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.WRONG_BYTE);
    }
}
