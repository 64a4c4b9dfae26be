package io.github.culvert.pptp;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole calls through an engine: control connection and GRE together. */
class PassageTest {
    private static final int SAME = 0x1234;

    private final Site site = new Site();

    @Test
    void aCallIsCarriedBothWays() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        int outside = Site.call(talk, SAME, 0x80);
        site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
    }

    @Test
    @Tag("PPTP-02")
    void clientsWithTheSameCallIdAreToldApart() {
        TcpTalk first = site.connect("IN1:4000 > OUT1:1723");
        TcpTalk second = site.connect("IN2:4000 > OUT1:1723");
        int one = Site.call(first, SAME, 0x80);
        int two = Site.call(second, SAME, 0x81);
        assertThat(one).isNotEqualTo(two);
        site.assertCarries("IN1", SAME, "OUT1", 0x80, one);
        site.assertCarries("IN2", SAME, "OUT1", 0x81, two);
    }

    @Test
    void oneClientTalksToTwoServers() {
        int one = Site.call(site.connect("IN1:4000 > OUT1:1723"), SAME, 0x80);
        int two = Site.call(site.connect("IN1:4001 > OUT2:1723"), SAME, 0x80);
        site.assertCarries("IN1", SAME, "OUT1", 0x80, one);
        site.assertCarries("IN1", SAME, "OUT2", 0x80, two);
    }

    @Test
    @Tag("PPTP-14")
    void callsOfOneConnectionEndOneByOne() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        int one = Site.call(talk, 1, 0x81);
        int two = Site.call(talk, 2, 0x82);
        int three = Site.call(talk, 3, 0x83);
        talk.in(Messages.disconnect(0x82));
        site.assertCarries("IN1", 1, "OUT1", 0x81, one);
        site.gre("OUT1", "EXT1", two).isRefused(Refusal.NO_BINDING);
        site.assertCarries("IN1", 3, "OUT1", 0x83, three);
    }

    @Test
    void greFromAnybodyElseIsRefused() {
        int outside = Site.call(site.connect("IN1:4000 > OUT1:1723"), SAME, 0x80);
        site.gre("OUT2", "EXT1", outside).isRefused(Refusal.NO_BINDING);
        site.gre("OUT1", "EXT1", outside ^ 1).isRefused(Refusal.NO_BINDING);
        site.gre("IN2", "OUT1", 0x80).isRefused(Refusal.NO_BINDING);
    }

    @Test
    @Tag("PPTP-22")
    void nothingOpensBeforeTheStartControlExchange() {
        TcpTalk talk = TcpTalk.open(site.lab, "IN1:4000 > OUT1:1723");
        talk.out(Messages.outgoingRequest(SAME));
        assertThat(site.status().sessions()).isZero();
        TcpTalk refused = TcpTalk.open(site.lab, "IN2:4000 > OUT1:1723");
        refused.out(Messages.startRequest());
        refused.in(Messages.startReply(Messages.REFUSED));
        refused.out(Messages.outgoingRequest(SAME));
        assertThat(site.status().sessions()).isZero();
    }

    @Test
    @Tag("PPTP-23")
    void greMayOvertakeTheReply() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        int outside = talk.out(Messages.outgoingRequest(SAME)).u16(12);
        site.gre("OUT1", "EXT1", outside).passes();
        site.lab.at(59).late();
        site.gre("OUT1", "EXT1", outside).passes();
        site.lab.at(61).late();
        site.gre("OUT1", "EXT1", outside).isRefused(Refusal.NO_BINDING);
        TcpTalk other = site.connect("IN2:4000 > OUT1:1723");
        int next = other.out(Messages.outgoingRequest(SAME)).u16(12);
        other.in(Messages.outgoingReply(0x80, next, Messages.REFUSED));
        site.gre("OUT1", "EXT1", next).isRefused(Refusal.NO_BINDING);
    }

    @Test
    @Tag("PPTP-25")
    void aResetDoesNotEndTheCalls() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        int outside = Site.call(talk, SAME, 0x80);
        talk.reset(INBOUND).passes();
        site.lab.at(30);
        talk.out(Messages.echoRequest());
        site.lab.at(300).late();
        site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
    }

    @Test
    @Tag("PPTP-27")
    void echoesKeepACallThatCarriesNothing() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        int outside = Site.call(talk, SAME, 0x80);
        for (int second = 60; second <= 3600; second += 60) {
            site.lab.at(second).late();
            talk.out(Messages.echoRequest());
            talk.in(Messages.echoReply());
        }
        site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
    }

    @Test
    @Tag("PPTP-24")
    void everyEndLeavesNothing() {
        TcpTalk closed = site.connect("IN1:4000 > OUT1:1723");
        Site.call(closed, SAME, 0x80);
        closed.close();
        TcpTalk stopped = site.connect("IN2:4000 > OUT1:1723");
        Site.call(stopped, SAME, 0x81);
        stopped.out(Messages.stopRequest());
        stopped.in(Messages.stopReply());
        TcpTalk cleared = site.connect("IN3:4000 > OUT1:1723");
        Site.call(cleared, SAME, 0x82);
        cleared.out(Messages.clear(SAME));
        site.lab.at(61).late();
        assertThat(site.status().sessions()).isZero();
    }

    @Test
    @Tag("PPTP-13")
    void serversInsideAreReachedByTheirForwards() {
        site.engine.table().addForward(forward("EXT1:1723", "IN3:1723"));
        site.engine.table().addForward(forward("EXT1:1724", "IN2:1723"));
        TcpTalk first = TcpTalk.accept(site.lab, "OUT1:4000 > EXT1:1723", "IN3:1723");
        TcpTalk second = TcpTalk.accept(site.lab, "OUT1:4001 > EXT1:1724", "IN2:1723");
        int one = served(first, 0x10);
        int two = served(second, 0x11);
        assertThat(one).isNotEqualTo(two);
        Site.assertArrives(site.gre("OUT1", "EXT1", one), Site.packet("OUT1", "IN3", 1));
        Site.assertArrives(site.gre("OUT1", "EXT1", two), Site.packet("OUT1", "IN2", 1));
        Site.assertArrives(site.gre("IN3", "OUT1", 0x10), Site.packet("EXT1", "OUT1", 0x10));
    }

    /** A call of a remote client to an inside server, which calls it 1; gives what it is called outside. */
    private static int served(TcpTalk talk, int pns) {
        talk.in(Messages.startRequest());
        talk.out(Messages.startReply());
        assertThat(talk.in(Messages.outgoingRequest(pns))).isEqualTo(Messages.outgoingRequest(pns));
        return talk.out(Messages.outgoingReply(1, pns)).u16(12);
    }

    private static StaticForward forward(String outside, String inside) {
        return new StaticForward(Protocol.TCP, Lab.endpoint(outside), Lab.endpoint(inside));
    }

    @Test
    @Tag("PPTP-31")
    void whatIsOffChangesNothing() {
        site.engine.table().disable("pptp");
        TcpTalk talk = TcpTalk.open(site.lab, "IN1:4000 > OUT1:1723");
        Octets all = Messages.startRequest().then(Messages.outgoingRequest(SAME));
        assertThat(talk.out(all)).isEqualTo(all);
        site.gre("IN1", "OUT1", 0x80).isRefused(Refusal.UNKNOWN_PROTOCOL);
    }

    @Test
    @Tag("PPTP-17")
    void aRetransmissionIsEditedAgainAndReadOnce() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        long begin = talk.sent(OUTBOUND);
        Octets edited = talk.out(Messages.outgoingRequest(SAME));
        Octets piece = Messages.outgoingRequest(SAME).slice(5, 16);
        assertThat(TcpTalk.payload(talk.again(OUTBOUND, begin + 5, piece))).isEqualTo(edited.slice(5, 16));
        assertThat(site.status().sessions()).isEqualTo(1);
    }
}
