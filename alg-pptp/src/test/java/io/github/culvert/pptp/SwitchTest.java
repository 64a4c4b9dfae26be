package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.alg.TalkAlg;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PPTP passthrough is there if it was asked for, and comes and goes on its own: RFC 4787 REQ-10. */
class SwitchTest {
    @Test
    @Tag("NAT-UDP-13")
    void anEngineHasNoAlgUnlessItIsGivenOne() {
        NatEngine plain = NatEngine.builder(NatBed.config(Packets.EXT1)).build();
        assertThat(plain.table().algs()).isEmpty();
        Lab lab = Lab.around(plain);
        TcpTalk talk = TcpTalk.open(lab, "IN1:4000 > OUT1:1723");
        Octets all = Messages.all(Messages.startRequest(), Messages.outgoingRequest(0x1234));
        assertThat(talk.out(all)).isEqualTo(all);
        lab.send(Site.packet("IN1", "OUT1", 0x80)).isRefused(Refusal.UNKNOWN_PROTOCOL);
    }

    @Test
    @Tag("NAT-UDP-13")
    void eachIsSwitchedOnItsOwn() {
        NatEngine engine = NatEngine.builder(NatBed.config(Packets.EXT1))
                .alg(PptpAlg.standard())
                .alg(new TalkAlg())
                .build();
        Lab lab = Lab.around(engine);
        engine.table().disable("pptp");
        engine.table().disable("talk");
        assertThat(engine.table().algs())
                .containsExactly(new AlgStatus("pptp", false, 0, 0), new AlgStatus("talk", false, 0, 0));
        engine.table().enable("pptp");
        assertThat(engine.table().algs())
                .containsExactly(new AlgStatus("pptp", true, 0, 0), new AlgStatus("talk", false, 0, 0));
        assertThat(TcpTalk.open(lab, "IN1:4001 > OUT1:7000").out("hello")).isEqualTo("hello");
        TcpTalk talk = TcpTalk.open(lab, "IN1:4000 > OUT1:1723");
        Site.start(talk);
        int outside = Site.call(talk, 0x1234, 0x80);
        lab.send(Site.packet("OUT1", "EXT1", outside)).passes();
        engine.table().disable("pptp");
        lab.send(Site.packet("OUT1", "EXT1", outside)).isRefused(Refusal.UNKNOWN_PROTOCOL);
        assertThat(talk.out(Messages.outgoingRequest(0x1235))).isEqualTo(Messages.outgoingRequest(0x1235));
        assertThat(talk.in(Messages.echoRequest())).isEqualTo(Messages.echoRequest());
        lab.udp("IN1:5000 > OUT1:53").passes();
    }
}
