package io.github.culvert.pptp;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to a call for which there is no room: its connection goes on, and so do all others. */
class CallLimitsTest {
    private static final int SINK = 0xffff;
    /** Calls after which the other side acknowledges, so that no edit waits for long. */
    private static final int FLIGHT = 64;

    private final Site site = new Site();

    private static int ask(TcpTalk talk, int id) {
        return talk.out(Messages.outgoingRequest(id)).u16(12);
    }

    private static void acknowledge(TcpTalk talk) {
        talk.send(INBOUND, talk.sent(INBOUND), Octets.empty(), TcpFlag.ACK).passes();
    }

    private void isSunk(TcpTalk talk, int id, int pac) {
        assertThat(ask(talk, id)).isEqualTo(SINK);
        assertThat(talk.out(Messages.echoRequest())).isEqualTo(Messages.echoRequest());
        assertThat(talk.in(Messages.outgoingReply(pac, SINK))).isEqualTo(Messages.outgoingReply(pac, id));
        long before = site.engine.counters().refused(Refusal.NO_BINDING);
        site.gre("OUT1", "EXT1", SINK).isRefused(Refusal.NO_BINDING);
        assertThat(site.engine.counters().refused(Refusal.NO_BINDING)).isEqualTo(before + 1);
        assertThat(talk.out(Messages.clear(id)).u16(12)).isEqualTo(SINK);
    }

    @Test
    @Tag("SEC-03")
    void the17thCallOfAConnectionIsSunk() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        List<Integer> outside = new ArrayList<>();
        for (int id = 1; id <= 16; id++) {
            outside.add(Site.call(talk, id, 0x80 + id));
        }
        isSunk(talk, 17, 0x91);
        assertThat(site.told(PptpNotice.PPTP_CALL_QUOTA)).isEqualTo(1);
        for (int id = 1; id <= 16; id++) {
            site.assertCarries("IN1", id, "OUT1", 0x80 + id, outside.get(id - 1));
        }
        assertThat(talk.in(Messages.disconnect(0x81))).isEqualTo(Messages.disconnect(0x81));
        int next = Site.call(talk, 18, 0x92);
        site.assertCarries("IN1", 18, "OUT1", 0x92, next);
    }

    @Test
    @Tag("SEC-03")
    void callsExpireOnTheirOwn() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        int outside = Site.call(talk, 1, 0x81);
        site.lab.at(301).late();
        assertThat(site.status().sessions()).isZero();
        site.gre("OUT1", "EXT1", outside).isRefused(Refusal.NO_BINDING);
        assertThat(talk.out(Messages.echoRequest())).isEqualTo(Messages.echoRequest());
    }

    /** One host asks for all that it can get, over any number of connections; the others get all that they ask for. */
    @Test
    @Tag("SEC-03")
    @Tag("SEC-09")
    void oneFloodingHostLeavesTheOthersTheirCalls() {
        for (int connection = 0; connection < 40; connection++) {
            TcpTalk talk = site.connect("IN1:" + (4000 + connection) + " > OUT1:1723");
            for (int call = 0; call < 20; call++) {
                ask(talk, connection << 8 | call);
            }
            talk.again(OUTBOUND, 100_000, Octets.of(new byte[1400]));
        }
        assertThat(site.status().sessions()).isEqualTo(64);
        assertThat(site.told(PptpNotice.PPTP_CALL_QUOTA)).isEqualTo(40 * 20 - 64);
        for (int connection = 0; connection < 4; connection++) {
            TcpTalk talk = site.connect("IN2:" + (4000 + connection) + " > OUT1:1723");
            for (int call = 0; call < 16; call++) {
                int id = connection << 8 | call;
                int outside = Site.call(talk, id, 0x4000 | id);
                site.assertCarries("IN2", id, "OUT1", 0x4000 | id, outside);
            }
        }
        site.lab.late();
        assertThat(site.status().sessions()).isEqualTo(128);
        assertThat(site.engine.counters().gauge(Gauge.SESSIONS)).isEqualTo(128 + 44);
        assertThat(site.engine.counters().gauge(Gauge.CHANNELS)).isEqualTo(44);
        assertThat(site.engine.counters().gauge(Gauge.STREAM_BYTES))
                .isPositive()
                .isLessThanOrEqualTo(site.engine.counters().limit(Gauge.STREAM_BYTES));
    }

    /** All 65,534 Call IDs towards one server are in use. */
    @Test
    @Tag("PPTP-30")
    void withoutAFreeCallIdACallIsSunk() {
        Site large = new Site(
                PptpConfig.STANDARD.withCallsPerConnection(256).withCallsPerHost(65_534),
                NatBed.config(Packets.EXT1).withLimits(Limits.of(100_000, 100, 100_000, 100_000)),
                event -> {});
        TcpTalk last = large.connect("IN2:4000 > OUT1:1723");
        for (int high = 0; high < 256; high++) {
            TcpTalk talk = large.connect("IN1:" + (4000 + high) + " > OUT1:1723");
            for (int low = 0; low < 256; low++) {
                int id = high << 8 | low;
                if (id != 0 && id != SINK) {
                    assertThat(ask(talk, id)).isEqualTo(id);
                }
                if (low % FLIGHT == 0) {
                    acknowledge(talk);
                }
            }
        }
        assertThat(large.status().sessions()).isEqualTo(65_534);
        assertThat(ask(last, 1)).isEqualTo(SINK);
        assertThat(large.told(PptpNotice.PPTP_ID_EXHAUSTED)).isEqualTo(1);
        assertThat(last.out(Messages.echoRequest())).isEqualTo(Messages.echoRequest());
        large.gre("OUT1", "EXT1", SINK).isRefused(Refusal.NO_BINDING);
        for (int id = 1; id < SINK; id += 997) {
            Site.assertArrives(large.gre("OUT1", "EXT1", id), Site.packet("OUT1", "IN1", id));
        }
        assertThat(ask(large.connect("IN2:4001 > OUT2:1723"), 1)).isEqualTo(1);
    }
}
