package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
                .alg(new Idle())
                .build();
        Lab lab = Lab.around(engine);
        engine.table().disable("pptp");
        engine.table().disable("idle");
        assertThat(engine.table().algs())
                .containsExactly(new AlgStatus("pptp", false, 0, 0), new AlgStatus("idle", false, 0, 0));
        engine.table().enable("pptp");
        assertThat(engine.table().algs())
                .containsExactly(new AlgStatus("pptp", true, 0, 0), new AlgStatus("idle", false, 0, 0));
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

    /** An ALG of another port, which follows nothing. */
    private static final class Idle implements Alg {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public List<Control> controls() {
            return List.of(new Control(Protocol.UDP, 1701));
        }

        @Override
        public List<Demux> demuxes() {
            return List.of();
        }

        @Override
        public Terms terms() {
            return new Terms(Duration.ofSeconds(300), Duration.ZERO, 1);
        }

        @Override
        public Optional<Tracker> follow(Scope scope) {
            return Optional.empty();
        }

        @Override
        public Tracker restore(Scope scope, Octets saved) {
            throw new IllegalArgumentException("nothing is ever saved");
        }
    }
}
