package io.github.culvert.pptp;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By whatever way a call ends through an engine, its GRE ends, and its Call ID rests and is free again. */
class CallEndsTest {
    private static final int SAME = 0x1234;

    private final Site site = new Site();

    /** A way to end a call, and after how many seconds nothing of it passes. */
    enum Way {
        DISCONNECT(0, (site, talk) -> talk.in(Messages.disconnect(0x80))),
        CLEAR_WITHOUT_ANSWER(60, (site, talk) -> talk.out(Messages.clear(SAME))),
        CLEAR_AND_DISCONNECT(0, (site, talk) -> {
            talk.out(Messages.clear(SAME));
            talk.in(Messages.disconnect(0x80));
        }),
        CLEAR_AND_CLOSE(0, (site, talk) -> {
            talk.out(Messages.clear(SAME));
            talk.close();
        }),
        STOP(0, (site, talk) -> {
            talk.out(Messages.stopRequest());
            talk.in(Messages.stopReply());
        }),
        STOP_FROM_THE_SERVER(0, (site, talk) -> {
            talk.in(Messages.stopRequest());
            talk.out(Messages.stopReply());
        }),
        STOP_WITHOUT_ANSWER(60, (site, talk) -> talk.out(Messages.stopRequest())),
        CLOSE(0, (site, talk) -> talk.close()),
        RESET(241, (site, talk) -> talk.reset(INBOUND)),
        REMOVAL(0, (site, talk) -> site.engine.table().closeSessions(session -> true)),
        DESYNC(0, (site, talk) -> talk.out(TcpTalk.letters("GET / HTTP/1.1\r\n"))),
        OFF(0, (site, talk) -> site.engine.table().disable("pptp"));

        private final int seconds;
        private final BiConsumer<Site, TcpTalk> end;

        Way(int seconds, BiConsumer<Site, TcpTalk> end) {
            this.seconds = seconds;
            this.end = end;
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("PPTP-24")
    void nothingOfACallIsLeft(Way way) {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        int outside = Site.call(talk, SAME, 0x80);
        assertThat(outside).isEqualTo(SAME);
        way.end.accept(site, talk);
        if (way.seconds > 0) {
            site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
            site.lab.at(way.seconds + 1).late();
        }
        site.lab.late();
        assertThat(site.status().sessions()).isZero();
        site.engine.table().enable("pptp");
        site.gre("OUT1", "EXT1", outside).isRefused(Refusal.NO_BINDING);
        site.gre("IN1", "OUT1", 0x80).isRefused(Refusal.NO_BINDING);
        assertThat(idOf("IN2:4001 > OUT1:1723")).as("while it rests").isNotEqualTo(SAME);
        assertThat(idOf("IN2:4001 > OUT2:1723")).as("towards another server").isEqualTo(SAME);
        site.lab.at(way.seconds + 62).late();
        assertThat(idOf("IN2:4002 > OUT1:1723")).as("after its rest").isEqualTo(SAME);
    }

    /** What the Call ID 0x1234 of a new call becomes; the call is not answered. */
    private int idOf(String route) {
        TcpTalk talk = site.connect(route);
        int id = talk.out(Messages.outgoingRequest(SAME)).u16(12);
        talk.in(Messages.outgoingReply(0, id, Messages.REFUSED));
        return id;
    }

    /** Half a close is none: the other side may still go on. */
    @Test
    void oneFinEndsNothing() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        int outside = Site.call(talk, SAME, 0x80);
        talk.send(OUTBOUND, talk.sent(OUTBOUND), Octets.empty(), TcpFlag.FIN, TcpFlag.ACK)
                .passes();
        site.lab.at(120).late();
        site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
    }

    @Test
    @Tag("PPTP-22")
    void aCallNeedsAHandshakeAndAStart() {
        site.lab.tcp("IN1:4000 > OUT1:1723", TcpFlag.SYN).passes();
        assertThat(site.status().sessions()).isZero();
        TcpTalk early = TcpTalk.open(site.lab, "IN2:4000 > OUT1:1723");
        early.out(Messages.outgoingRequest(SAME));
        TcpTalk asked = TcpTalk.open(site.lab, "IN3:4000 > OUT1:1723");
        asked.out(Messages.startRequest());
        asked.out(Messages.outgoingRequest(SAME));
        TcpTalk refused = TcpTalk.open(site.lab, "IN3:4001 > OUT1:1723");
        refused.out(Messages.startRequest());
        refused.in(Messages.startReply(Messages.REFUSED));
        refused.out(Messages.outgoingRequest(SAME));
        TcpTalk unasked = TcpTalk.open(site.lab, "IN3:4002 > OUT1:1723");
        unasked.in(Messages.startReply());
        unasked.out(Messages.outgoingRequest(SAME));
        assertThat(site.status().sessions()).isZero();
        assertThat(site.told(PptpNotice.PPTP_NOT_STARTED)).isEqualTo(4);
        site.gre("OUT1", "EXT1", SAME).isRefused(Refusal.NO_BINDING);
        site.gre("IN1", "OUT1", 0x80).isRefused(Refusal.NO_BINDING);
    }

    /** Bytes before the connection is there: no engine reads a call from one side alone. */
    @Test
    @Tag("PPTP-22")
    void aCallInAHalfOpenConnectionOpensNothing() {
        site.lab.tcp("IN1:4000 > OUT1:1723", TcpFlag.SYN).passes();
        Octets all = Messages.all(Messages.startRequest(), Messages.outgoingRequest(SAME));
        site.lab.send(Packets.ipv4(Packets.IN1, Packets.OUT1)
                .transport(TcpSegment.builder()
                        .ports(4000, 1723)
                        .sequence(101)
                        .flags(TcpFlag.ACK)
                        .payload(all))
                .build());
        assertThat(site.status().sessions()).isZero();
    }

    @Test
    @Tag("PPTP-23")
    void greMayOvertakeTheReplyAndIsConfirmedByIt() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        int outside = talk.out(Messages.outgoingRequest(SAME)).u16(12);
        Site.assertArrives(site.gre("OUT1", "EXT1", outside), Site.packet("OUT1", "IN1", SAME));
        site.lab.at(59).late();
        talk.in(Messages.outgoingReply(0x80, outside));
        site.lab.at(200).late();
        site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
    }

    @Test
    void everyGaugeIsBackAtNothing() {
        for (int host = 1; host <= 3; host++) {
            Site.call(site.connect("IN" + host + ":4000 > OUT1:1723"), SAME, host);
        }
        site.lab.late();
        assertThat(site.engine.counters().gauge(Gauge.CHANNELS)).isEqualTo(3);
        assertThat(site.engine.counters().gauge(Gauge.SESSIONS)).isEqualTo(6);
        site.lab.at(100_000).late();
        assertThat(site.lab.at(100_100).bed().advance()).isEqualTo(Long.MAX_VALUE);
        for (Gauge gauge : new Gauge[] {Gauge.CHANNELS, Gauge.SESSIONS, Gauge.HOSTS, Gauge.STREAM_BYTES}) {
            assertThat(site.engine.counters().gauge(gauge)).as("%s", gauge).isZero();
        }
    }

    /** The calls of a control connection that ends with them, at the same time, were no failure of the ALG. */
    @Test
    void allMayEndAtOnce() {
        NatConfig two = NatBed.config(Packets.EXT1, Packets.EXT2);
        Site pool = new Site(PptpConfig.STANDARD, two, event -> {});
        for (int host = 1; host <= 20; host++) {
            Site.call(pool.connect("192.168.1." + (100 + host) + ":4000 > OUT1:1723"), SAME, host);
        }
        pool.engine.table().removePublicAddress(Packets.EXT2);
        pool.lab.late();
        assertThat(pool.status().sessions()).isBetween(1, 19);
        pool.lab.at(100_000).late();
        assertThat(pool.status().sessions()).isZero();
        assertThat(pool.engine.counters().notices()).isEmpty();
    }

    /** A remote client that uses its port again begins anew, as an inside one does. */
    @ParameterizedTest
    @EnumSource
    void anotherConnectionAtTheSamePortsBeginsAnew(Direction dialled) {
        site.engine
                .table()
                .addForward(new StaticForward(Protocol.TCP, Lab.endpoint("EXT1:1723"), Lab.endpoint("IN3:1723")));
        for (int i = 0; i < 3; i++) {
            if (dialled == OUTBOUND) {
                TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
                Site.call(talk, SAME, 0x80);
                talk.close();
            } else {
                TcpTalk talk = TcpTalk.accept(site.lab, "OUT1:4000 > EXT1:1723", "IN3:1723");
                talk.in(Messages.startRequest());
                talk.out(Messages.startReply());
                talk.in(Messages.outgoingRequest(0x10));
                int served = talk.out(Messages.outgoingReply(SAME, 0x10)).u16(12);
                Site.assertArrives(site.gre("OUT1", "EXT1", served), Site.packet("OUT1", "IN3", SAME));
                talk.close();
            }
            assertThat(site.status().sessions()).isZero();
        }
    }
}
