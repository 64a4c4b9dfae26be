package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.echo;
import static io.github.culvert.nat.testkit.bed.Packets.echoReply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.InvalidConfigException;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Basic NAT: a public address stands for one inside address (RFC 3022 section 2.1). */
class AddressForwardTest {
    private static final AddressForward SECOND = new AddressForward(EXT2, IN2);

    private final Lab lab = Lab.with(2, config -> config.withAddressForwards(List.of(SECOND)));

    @Test
    void identifiersAreKeptBothWays() {
        lab.udp("IN2:5000 > OUT1:53").arrives("EXT2:5000 > OUT1:53");
        lab.udp("OUT1:53 > EXT2:5000").arrives("OUT1:53 > IN2:5000");
        lab.tcp("IN2:22 > OUT1:80", SYN).arrives("EXT2:22 > OUT1:80");
        lab.ping("IN2:7 > OUT1").arrives("EXT2:7 > OUT1:7");
        lab.pong("OUT1 > EXT2:7").arrives("OUT1:7 > IN2:7");
    }

    @Test
    void anybodyOutsideMayBegin() {
        lab.udp("OUT1:53 > EXT2:5000").arrives("OUT1:53 > IN2:5000");
        lab.udp("OUT2:53 > EXT2:5000").arrives("OUT2:53 > IN2:5000");
        lab.udp("IN2:5000 > OUT1:53").arrives("EXT2:5000 > OUT1:53");
        lab.tcp("OUT1:1 > EXT2:80", SYN).arrives("OUT1:1 > IN2:80");
        lab.tcp("IN2:80 > OUT1:1", SYN, ACK).arrives("EXT2:80 > OUT1:1");
        lab.tcp("OUT1:2 > EXT2:80", ACK).isRefused(Refusal.TCP_WITHOUT_SYN);
    }

    @Test
    void pingsOfBothSidesMayUseOneIdentifier() {
        lab.send(echo(OUT1, EXT2, 7)).arrives("OUT1:7 > IN2:7");
        lab.send(echoReply(IN2, OUT1, 7)).arrives("EXT2:7 > OUT1:7");
        lab.ping("IN2:7 > OUT1").arrives("EXT2:7 > OUT1:7");
        lab.pong("OUT1 > EXT2:7").arrives("OUT1:7 > IN2:7");
        lab.send(echoReply(IN2, OUT1, 8)).isRefused(Refusal.ICMP_DIRECTION);
        lab.send(echoReply(OUT1, EXT2, 8)).isRefused(Refusal.ICMP_DIRECTION);
        assertThat(lab.sessions()).hasSize(1);
    }

    @Test
    void nobodyElseGetsTheAddress() {
        for (int i = 0; i < 40; i++) {
            Ipv4Address host = new Ipv4Address(IN1.bits() + 10 + i);
            assertThat(lab.udp(host + ":5000 > OUT1:53").packet().source()).isNotEqualTo(EXT2);
        }
    }

    @Test
    void whereNoAddressIsSharedTheOthersHaveNone() {
        Lab alone = Lab.with(
                1, config -> config.withAddressForwards(List.of(new AddressForward(Lab.address("EXT1"), IN2))));
        alone.udp("IN2:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
        alone.udp("IN1:5000 > OUT1:53").isRefusedWithAnswer(Refusal.ADDRESSES_EXHAUSTED);
    }

    @ParameterizedTest
    @EnumSource
    void whateverTheBehaviour(Dependence both) {
        Lab any = Lab.with(
                2,
                config -> config.withAddressForwards(List.of(SECOND))
                        .withBehaviours(Behaviours.all(new Behaviour(both, both))));
        any.udp("IN2:5000 > OUT1:53").arrives("EXT2:5000 > OUT1:53");
        any.udp("IN2:5000 > OUT1:54").arrives("EXT2:5000 > OUT1:54");
        any.udp("IN2:5000 > OUT2:53").arrives("EXT2:5000 > OUT2:53");
        any.udp("OUT2:99 > EXT2:5000").arrives("OUT2:99 > IN2:5000");
        assertThat(any.table()
                        .mappingOf(Protocol.UDP, Lab.endpoint("IN2:5000"))
                        .orElseThrow()
                        .sessions())
                .isEqualTo(4);
    }

    @Test
    void theShareOfTheHostCounts() {
        Lab narrow = Lab.with(
                2, config -> config.withAddressForwards(List.of(SECOND)).withLimits(Limits.of(9, 9, 2, 9)));
        narrow.udp("OUT1:53 > EXT2:1").passes();
        narrow.udp("OUT1:53 > EXT2:2").passes();
        narrow.udp("OUT1:53 > EXT2:3").isRefused(Refusal.HOST_MAPPING_LIMIT);
        narrow.udp("OUT1:54 > EXT2:2").passes();
    }

    @Test
    void insideHostsReachItThere() {
        lab.udp("IN1:5000 > EXT2:80").arrives("EXT1:5000 > IN2:80");
        lab.udp("IN2:80 > EXT1:5000").arrives("EXT2:80 > IN1:5000");
    }

    @Test
    void theHostItselfAndStaticForwardsKeepOffTheAddress() {
        lab.send(Side.HOST, Lab.udpPacket("EXT2:5000 > OUT1:53")).passes();
        assertThat(lab.sessions()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> lab.table().reserveForHost(Protocol.UDP, EXT2, 500, 500))
                .withMessage("203.0.113.2 is that of 192.168.1.11 alone");
        StaticForward web = new StaticForward(Protocol.TCP, Lab.endpoint("EXT2:80"), Lab.endpoint("IN1:80"));
        assertThatThrownBy(() -> lab.table().addForward(web))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("addresses of no address forward");
    }
}
