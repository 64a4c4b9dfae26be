package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of inside clients to an inside server, which they dial at its public address. */
class HairpinTest {
    private static final int SAME = 0x1234;

    private Site site = site(1);

    private static Site site(int addresses) {
        NatConfig config = addresses == 1
                ? NatBed.config(Packets.EXT1)
                : NatBed.config(Packets.EXT1, Packets.EXT2, Packets.EXT3, Packets.EXT4);
        Site site = new Site(PptpConfig.STANDARD, config, event -> {});
        site.engine
                .table()
                .addForward(new StaticForward(Protocol.TCP, Lab.endpoint("EXT1:1723"), Lab.endpoint("IN3:1723")));
        return site;
    }

    private InsideTalk dial(String client) {
        InsideTalk talk = new InsideTalk(site.lab, client, "EXT1:1723", "IN3:1723");
        assertThat(talk.toServer(Messages.startRequest())).isEqualTo(Messages.startRequest());
        assertThat(talk.toClient(Messages.startReply())).isEqualTo(Messages.startReply());
        return talk;
    }

    /** What each host takes for the Call ID of the other one. */
    private record Ids(int clientSeen, int serverSeen) {}

    private static Ids call(InsideTalk talk, int pns, int pac) {
        Octets request = talk.toServer(Messages.outgoingRequest(pns));
        int client = request.u16(12);
        assertThat(Messages.put16(request, 12, pns)).isEqualTo(Messages.outgoingRequest(pns));
        Octets reply = talk.toClient(Messages.outgoingReply(pac, client));
        assertThat(reply.u16(14)).isEqualTo(pns);
        return new Ids(client, reply.u16(12));
    }

    private void carries(InsideTalk talk, String client, int pns, int pac, Ids ids) {
        Site.assertArrives(site.gre(client, "EXT1", ids.serverSeen), Site.packet(talk.seen(), "IN3", pac));
        Site.assertArrives(site.gre("IN3", talk.seen(), ids.clientSeen), Site.packet("EXT1", client, pns));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void clientAndServerAreBothInside(int addresses) {
        site = site(addresses);
        InsideTalk talk = dial("IN1:4000");
        Ids ids = call(talk, SAME, 0x80);
        carries(talk, "IN1", SAME, 0x80, ids);
        assertThat(site.status().sessions()).isEqualTo(2);
        talk.close();
        assertThat(site.status().sessions()).isZero();
        site.gre("IN1", "EXT1", ids.serverSeen).isRefused(Refusal.NO_BINDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void twoClientsWithEqualCallIds(int addresses) {
        site = site(addresses);
        InsideTalk first = dial("IN1:4000");
        InsideTalk second = dial("IN2:4000");
        Ids one = call(first, SAME, 0x80);
        Ids two = call(second, SAME, 0x81);
        carries(first, "IN1", SAME, 0x80, one);
        carries(second, "IN2", SAME, 0x81, two);
        assertThat(first.toServer(Messages.clear(SAME)).u16(12)).isEqualTo(one.clientSeen);
        assertThat(first.toClient(Messages.disconnect(0x80)).u16(12)).isEqualTo(one.serverSeen);
        site.gre("IN1", "EXT1", one.serverSeen).isRefused(Refusal.NO_BINDING);
        carries(second, "IN2", SAME, 0x81, two);
    }

    /** A client may even choose the Call ID that the server has chosen, and the server be called from outside too. */
    @Test
    void equalCallIdsOnBothSides() {
        InsideTalk talk = dial("IN1:4000");
        Ids ids = call(talk, 7, 7);
        carries(talk, "IN1", 7, 7, ids);
        TcpTalk outer = TcpTalk.accept(site.lab, "OUT1:4000 > EXT1:1723", "IN3:1723");
        outer.in(Messages.startRequest());
        outer.out(Messages.startReply());
        outer.in(Messages.outgoingRequest(7));
        int served = outer.out(Messages.outgoingReply(8, 7)).u16(12);
        Site.assertArrives(site.gre("OUT1", "EXT1", served), Site.packet("OUT1", "IN3", 8));
        Site.assertArrives(site.gre("IN3", "OUT1", 7), Site.packet("EXT1", "OUT1", 7));
        carries(talk, "IN1", 7, 7, ids);
    }

    @Test
    void aCallIdMayComeInPieces() {
        InsideTalk talk = dial("IN1:4000");
        Octets request = Messages.outgoingRequest(SAME);
        Octets arrived = talk.toServer(request.slice(0, 13)).then(talk.toServer(request.from(13)));
        int client = arrived.u16(12);
        Octets reply = Messages.outgoingReply(0x80, client);
        Octets answered = talk.toClient(reply.slice(0, 13)).then(talk.toClient(reply.from(13)));
        carries(talk, "IN1", SAME, 0x80, new Ids(client, answered.u16(12)));
    }
}
