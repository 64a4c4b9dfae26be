package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.event.NatListener;
import io.github.culvert.nat.packet.EnhancedGre;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.SplittableRandom;

/** An engine with PPTP passthrough and its hosts: control connections and GRE, whole calls in one word. */
final class Site {
    static final int PORT = 1723;

    final NatEngine engine;
    final Lab lab;

    Site() {
        this(PptpConfig.STANDARD);
    }

    Site(PptpConfig config) {
        this(config, NatBed.config(Packets.EXT1), event -> {});
    }

    Site(PptpConfig config, NatConfig nat, NatListener listener) {
        engine = NatEngine.builder(nat)
                .random(new SplittableRandom(7))
                .listener(listener)
                .alg(PptpAlg.of(config))
                .build();
        lab = Lab.around(engine);
    }

    /** A control connection of an inside client, after the Start-Control exchange. */
    TcpTalk connect(String route) {
        TcpTalk talk = TcpTalk.open(lab, route);
        start(talk);
        return talk;
    }

    static void start(TcpTalk talk) {
        assertThat(talk.out(Messages.startRequest())).isEqualTo(Messages.startRequest());
        assertThat(talk.in(Messages.startReply())).isEqualTo(Messages.startReply());
    }

    /** An outgoing call of an inside client; gives the Call ID that it has outside. */
    static int call(TcpTalk talk, int pns, int pac) {
        int outside = talk.out(Messages.outgoingRequest(pns)).u16(12);
        assertThat(talk.in(Messages.outgoingReply(pac, outside))).isEqualTo(Messages.outgoingReply(pac, pns));
        return outside;
    }

    /** Sends GRE with a Call ID, such as from {@code IN1} to {@code OUT1}. */
    Sent gre(String from, String to, int callId) {
        return lab.send(packet(from, to, callId));
    }

    static Ipv4Packet packet(String from, String to, int callId) {
        return Packets.ipv4(Lab.address(from), Lab.address(to))
                .transport(EnhancedGre.builder()
                        .callId(callId)
                        .sequence(1)
                        .acknowledgment(0xffff_ffffL)
                        .payload(Octets.fromHex("ff03c021")))
                .build();
    }

    /** That GRE gets from one end to the other in both directions. */
    void assertCarries(String inside, int pns, String remote, int pac, int outside) {
        assertArrives(gre(inside, remote, pac), packet("EXT1", remote, pac));
        assertArrives(gre(remote, "EXT1", outside), packet(remote, inside, pns));
    }

    static void assertArrives(Sent sent, Ipv4Packet expected) {
        Ipv4Packet packet = sent.passes().packet();
        assertThat(packet.source()).isEqualTo(expected.source());
        assertThat(packet.destination()).isEqualTo(expected.destination());
        assertThat(packet.transport()).isEqualTo(expected.transport());
    }

    AlgStatus status() {
        return engine.table().algs().get(0);
    }

    long told(PptpNotice notice) {
        return engine.counters().notices().getOrDefault(notice.name(), 0L);
    }
}
