package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import org.junit.jupiter.api.Test;

/**
 * Connections of two inside hosts, and of the host itself, that were idle for the timeout of an established connection:
 * they have the respite that all have (RFC 7857 section 2), also before the NAT has come round to them.
 */
class TurnTimeoutTest {
    private static final double IDLE = 7_500;

    private final NatBed bed = NatBed.standard();

    private Delivery host(TcpFlag... flags) {
        return bed.send(Side.HOST, tcp(EXT1, 4000, OUT1, 80, flags).octets(), ChecksumStatus.VERIFY);
    }

    private Delivery remote(TcpFlag... flags) {
        return bed.fromOutside(tcp(OUT1, 80, EXT1, 4000, flags));
    }

    private void hostConnects() {
        host(SYN);
        remote(SYN, ACK);
        host(ACK);
    }

    private SessionState state() {
        return bed.sessions().get(0).state();
    }

    @Test
    void theRemoteHostGoesOnWithTheHost() {
        hostConnects();
        assertThat(bed.at(IDLE)
                        .send(Side.OUTSIDE, tcp(OUT1, 80, EXT1, 4000, ACK).octets(), ChecksumStatus.VERIFY))
                .hasToString("host OWN");
        assertThat(state()).isEqualTo(SessionState.TRANSITORY);
    }

    @Test
    void theHostGoesOnWithARemoteHost() {
        hostConnects();
        bed.at(IDLE);
        assertThat(host(ACK).isForwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void anInsideHostGoesOnWithAnother() {
        bed.table().addForward(new StaticForward(Protocol.TCP, new Endpoint(EXT1, 80), new Endpoint(IN2, 80)));
        bed.fromInside(tcp(IN1, 4000, EXT1, 80, SYN));
        bed.fromInside(tcp(IN2, 80, EXT1, 4000, SYN, ACK));
        bed.fromInside(tcp(IN1, 4000, EXT1, 80, ACK));
        bed.at(IDLE);
        assertThat(bed.fromInside(tcp(IN1, 4000, EXT1, 80, ACK)))
                .hasToString("inside 203.0.113.1:4000 > 192.168.1.11:80");
        assertThat(bed.sessions())
                .extracting(session -> session.state())
                .containsExactlyInAnyOrder(SessionState.ESTABLISHED, SessionState.TRANSITORY);
    }
}
