package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 5382 section 6: hairpinning for TCP, REQ-8. */
class Rfc5382HairpinTest {
    private static final StaticForward WEB =
            new StaticForward(Protocol.TCP, Lab.endpoint("EXT1:80"), Lab.endpoint("IN2:80"));

    private final Lab lab = Lab.with(config -> config.withForwards(List.of(WEB)));

    private SessionState state(String inside, String remote) {
        return lab.session(Protocol.TCP, inside, remote).orElseThrow().state();
    }

    @Test
    @Tag("NAT-TCP-13")
    void aHandshakeThroughAStaticForwardCompletes() {
        lab.tcp("IN1:40000 > EXT1:80", SYN).arrives("EXT1:40000 > IN2:80");
        lab.tcp("IN2:80 > EXT1:40000", SYN, ACK).arrives("EXT1:80 > IN1:40000");
        lab.tcp("IN1:40000 > EXT1:80", ACK).arrives("EXT1:40000 > IN2:80");
        assertThat(state("IN1:40000", "EXT1:80")).isEqualTo(SessionState.ESTABLISHED);
        assertThat(state("IN2:80", "EXT1:40000")).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    @Tag("NAT-TCP-13")
    void aSegmentThatOpensNothingIsRefused() {
        lab.tcp("IN1:40000 > EXT1:80", ACK).isRefused(Refusal.TCP_WITHOUT_SYN);
        lab.tcp("IN1:40000 > EXT1:81", SYN).isRefused(Refusal.NO_MAPPING);
    }

    @Test
    void twoHostsOpenTowardsEachOther() {
        lab.tcp("IN1:5000 > EXT1:7000", SYN).isRefused(Refusal.NO_MAPPING);
        lab.tcp("IN2:7000 > EXT1:5000", SYN).arrives("EXT1:7000 > IN1:5000");
        lab.tcp("IN1:5000 > EXT1:7000", SYN, ACK).arrives("EXT1:5000 > IN2:7000");
        assertThat(state("IN1:5000", "EXT1:7000")).isEqualTo(SessionState.ESTABLISHED);
    }
}
