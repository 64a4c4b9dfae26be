package io.github.culvert.nat.flow;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.lab.Lab.tcpPacket;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where two features of the NAT meet in one packet. */
class InterplayTest {
    private static final StaticForward WEB =
            new StaticForward(Protocol.TCP, Lab.endpoint("EXT1:80"), Lab.endpoint("IN2:80"));

    private final Lab lab = Lab.standard();

    @Test
    void aConnectionThatTurnsRoundOutlivesItsTimeout() {
        Lab web = Lab.with(config -> config.withForwards(List.of(WEB)));
        web.tcp("IN1:40000 > EXT1:80", SYN).passes();
        web.tcp("IN2:80 > EXT1:40000", SYN, ACK).passes();
        web.at(7450).tcp("IN1:40000 > EXT1:80", ACK).arrives("EXT1:40000 > IN2:80");
    }

    @Test
    void aConnectionOfTheHostOutlivesItsTimeout() {
        lab.send(Side.HOST, tcpPacket("EXT1:40000 > OUT1:80", SYN)).passes();
        lab.tcp("OUT1:80 > EXT1:40000", SYN, ACK).goesToHost(HostTraffic.OWN);
        lab.at(7450).tcp("OUT1:80 > EXT1:40000", ACK).goesToHost(HostTraffic.OWN);
    }
}
