package io.github.culvert.pptp;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever talks a client into sending what looks like PPTP opens nothing, and nobody opens more than a call. */
class SlipstreamTest {
    private static final int SAME = 0x1234;

    private final Site site = new Site();

    private void isClosed() {
        assertThat(site.status().sessions()).isZero();
        site.gre("OUT1", "EXT1", SAME).isRefused(Refusal.NO_BINDING);
        site.gre("IN1", "OUT1", 0x80).isRefused(Refusal.NO_BINDING);
    }

    /** A browser posts what a page gave it to a server that listens where PPTP is spoken. */
    @Test
    @Tag("SEC-01")
    void aPostOpensNothing() {
        TcpTalk talk = TcpTalk.open(site.lab, "IN1:4000 > OUT1:1723");
        Octets head = TcpTalk.letters("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
        assertThat(talk.out(head)).isEqualTo(head);
        assertThat(talk.in(Messages.startReply())).isEqualTo(Messages.startReply());
        assertThat(talk.out(Messages.startRequest())).isEqualTo(Messages.startRequest());
        assertThat(talk.out(Messages.outgoingRequest(SAME))).isEqualTo(Messages.outgoingRequest(SAME));
        assertThat(talk.in(Messages.outgoingReply(0x80, SAME))).isEqualTo(Messages.outgoingReply(0x80, SAME));
        assertThat(site.told(PptpNotice.PPTP_DESYNC)).isEqualTo(1);
        isClosed();
    }

    @Test
    @Tag("SEC-01")
    void otherPortsAreNotRead() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:80");
        assertThat(talk.out(Messages.outgoingRequest(SAME))).isEqualTo(Messages.outgoingRequest(SAME));
        assertThat(site.status().channels()).isZero();
        isClosed();
    }

    @Test
    @Tag("SEC-02")
    void aCallIsOpenForItsTwoHostsAlone() {
        int outside = Site.call(site.connect("IN1:4000 > OUT1:1723"), SAME, 0x80);
        site.connect("IN2:4000 > OUT1:1723");
        for (int id : new int[] {outside, SAME, 0x80}) {
            site.gre("OUT2", "EXT1", id).isRefused(Refusal.NO_BINDING);
            site.gre("IN2", "OUT1", id).isRefused(Refusal.NO_BINDING);
            site.gre("IN1", "OUT2", id).isRefused(Refusal.NO_BINDING);
        }
        site.lab.tcp("OUT1:1723 > EXT1:" + outside).isRefused(Refusal.NO_MAPPING);
        site.lab.udp("OUT1:1723 > EXT1:" + outside).isRefused(Refusal.NO_MAPPING);
        site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
    }

    /** The server calls, as if the client were a server too: nothing opens, whatever the client answers. */
    @Test
    @Tag("SEC-04")
    void aServerDoesNotCallItsClient() {
        TcpTalk talk = site.connect("IN1:4000 > OUT1:1723");
        assertThat(talk.in(Messages.outgoingRequest(5))).isEqualTo(Messages.outgoingRequest(5));
        assertThat(site.told(PptpNotice.PPTP_WRONG_SIDE)).isEqualTo(1);
        talk.out(Messages.outgoingReply(SAME, 5));
        isClosed();
        int outside = Site.call(talk, SAME, 0x80);
        site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
    }

    /** Whatever byte of a header is wrong, no byte of the message is changed, and nothing opens. */
    @Test
    @Tag("SEC-14")
    void whatFailsTheCheckIsNotEdited() {
        Site.call(site.connect("IN2:4000 > OUT1:1723"), SAME, 0x80);
        for (int offset = 0; offset < 10; offset++) {
            TcpTalk talk = site.connect("IN1:" + (4000 + offset) + " > OUT1:1723");
            Octets flawed = Messages.outgoingRequest(SAME);
            flawed = Messages.put(flawed, offset, flawed.u8(offset) ^ 0x40);
            assertThat(talk.out(flawed)).isEqualTo(flawed);
        }
        assertThat(site.status().sessions()).isEqualTo(1);
    }

    /** Who dials does not say who serves: the roles are those of the calls. */
    @Test
    @Tag("PPTP-28")
    void eitherSideMayDial() {
        site.engine
                .table()
                .addForward(new StaticForward(Protocol.TCP, Lab.endpoint("EXT1:1723"), Lab.endpoint("IN3:1723")));
        TcpTalk dialled = TcpTalk.accept(site.lab, "OUT1:4000 > EXT1:1723", "IN3:1723");
        started(dialled, INBOUND);
        assertThat(dialled.in(Messages.outgoingRequest(0x10))).isEqualTo(Messages.outgoingRequest(0x10));
        int served = dialled.out(Messages.outgoingReply(SAME, 0x10)).u16(12);
        TcpTalk dials = TcpTalk.open(site.lab, "IN3:4001 > OUT1:1723");
        started(dials, OUTBOUND);
        int calling = dials.out(Messages.incomingRequest(SAME)).u16(12);
        assertThat(calling).isNotEqualTo(served);
        assertThat(dials.in(Messages.incomingReply(0x11, calling))).isEqualTo(Messages.incomingReply(0x11, SAME));
        assertThat(dials.out(Messages.connected(0x11))).isEqualTo(Messages.connected(0x11));
        Site.assertArrives(site.gre("OUT1", "EXT1", served), Site.packet("OUT1", "IN3", SAME));
        Site.assertArrives(site.gre("OUT1", "EXT1", calling), Site.packet("OUT1", "IN3", SAME));
        Site.assertArrives(site.gre("IN3", "OUT1", 0x10), Site.packet("EXT1", "OUT1", 0x10));
        Site.assertArrives(site.gre("IN3", "OUT1", 0x11), Site.packet("EXT1", "OUT1", 0x11));
    }

    private static void started(TcpTalk talk, Direction dialled) {
        boolean out = dialled == OUTBOUND;
        Octets request = Messages.startRequest();
        Octets reply = Messages.startReply();
        assertThat(out ? talk.out(request) : talk.in(request)).isEqualTo(request);
        assertThat(out ? talk.in(reply) : talk.out(reply)).isEqualTo(reply);
    }
}
