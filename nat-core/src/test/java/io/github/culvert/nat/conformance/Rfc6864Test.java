package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.packet.Fragments;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 6864 section 5.3.1 and RFC 7857 section 10: identifications of datagrams that are not atomic. */
class Rfc6864Test {
    private static Ipv4Packet datagram(Ipv4Address from, Ipv4Address to) {
        return ipv4(from, to)
                .identification(7)
                .udp(5000, 53, Octets.of(new byte[100]))
                .build();
    }

    private static int identification(Lab lab, Ipv4Address from, Ipv4Address to) {
        return lab.sendEach(Side.INSIDE, Fragments.cut(datagram(from, to), 24, 64))
                .datagram()
                .identification();
    }

    @Test
    @Tag("NAT-FRAG-08")
    void twoHostsDoNotShareOne() {
        Lab lab = Lab.standard();
        List<Octets> one = Fragments.cut(datagram(IN1, OUT1), 24, 64);
        List<Octets> other = Fragments.cut(datagram(IN2, OUT1), 24, 64);
        lab.sendEach(Side.INSIDE, List.of(one.get(0), other.get(0), one.get(1), other.get(1)))
                .isSilent();
        Ipv4Packet first = lab.sendEach(Side.INSIDE, one.subList(2, 3)).datagram();
        Ipv4Packet second = lab.sendEach(Side.INSIDE, other.subList(2, 3)).datagram();
        assertThat(first.identification()).isEqualTo(7).isNotEqualTo(second.identification());
    }

    @Test
    void nobodyIsDisturbedWithoutNeed() {
        Lab lab = Lab.standard();
        assertThat(identification(lab, IN1, OUT1)).isEqualTo(7);
        assertThat(identification(lab, IN1, OUT1)).isEqualTo(7);
        assertThat(identification(lab, IN2, OUT2)).isEqualTo(7);
        assertThat(identification(lab, IN2, OUT1)).isNotEqualTo(7);
        lab.at(61);
        assertThat(identification(lab, IN2, OUT1)).isEqualTo(7);
    }

    @Test
    @Tag("NAT-FRAG-08")
    void whatIsCutHereTakesPartToo() {
        Lab lab = Lab.with(config -> config.withPath(config.path().withOutsideMtu(100)));
        assertThat(lab.send(datagram(IN1, OUT1)).datagram().identification()).isEqualTo(7);
        assertThat(lab.send(datagram(IN2, OUT1)).datagram().identification()).isNotEqualTo(7);
    }

    /** What turns round and is cut leaves under the public address of its sender too. */
    @Test
    void twoHostsDoNotShareOneTowardsAThird() {
        Behaviour open = new Behaviour(Dependence.ENDPOINT_INDEPENDENT, Dependence.ENDPOINT_INDEPENDENT);
        Lab lab = Lab.with(
                config -> config.withBehaviours(Behaviours.all(open)).withPath(PathPolicy.STANDARD.withInsideMtu(100)));
        lab.udp("IN3:53 > OUT1:53").arrives("EXT1:53 > OUT1:53");
        int first = lab.send(datagram(IN1, EXT1)).datagram().identification();
        int second = lab.send(datagram(IN2, EXT1)).datagram().identification();
        assertThat(first).isEqualTo(7).isNotEqualTo(second);
    }
}
