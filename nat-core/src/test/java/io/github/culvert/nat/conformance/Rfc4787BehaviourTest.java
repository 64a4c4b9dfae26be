package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.mapping.Dependence.ADDRESS_AND_PORT_DEPENDENT;
import static io.github.culvert.nat.mapping.Dependence.ADDRESS_DEPENDENT;
import static io.github.culvert.nat.mapping.Dependence.ENDPOINT_INDEPENDENT;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 4787 sections 4 and 5: mapping (REQ-1, REQ-3) and filtering (REQ-8). */
class Rfc4787BehaviourTest {
    private static Lab mapping(Dependence mapping) {
        return behaving(new Behaviour(mapping, ENDPOINT_INDEPENDENT));
    }

    private static Lab filtering(Dependence filtering) {
        return behaving(new Behaviour(ENDPOINT_INDEPENDENT, filtering));
    }

    private static Lab behaving(Behaviour behaviour) {
        return Lab.with(config -> config.withBehaviours(Behaviours.all(behaviour)));
    }

    private static Endpoint seen(Lab lab, String remote) {
        return lab.udp("IN1:5000 > " + remote).source();
    }

    @Test
    @Tag("NAT-UDP-01")
    void oneInsideEndpointHasOnePublicEndpointForAllRemotes() {
        Lab lab = Lab.standard();
        lab.udp("IN2:5000 > OUT1:53");
        Endpoint first = seen(lab, "OUT1:53");
        assertThat(seen(lab, "OUT2:3478")).isEqualTo(first);
        assertThat(seen(lab, "OUT1:54")).isEqualTo(first);
    }

    @Test
    @Tag("NAT-TCP-01")
    void theSameForTcp() {
        Lab lab = Lab.standard();
        lab.tcp("IN2:40000 > OUT1:80", SYN);
        Endpoint first = lab.tcp("IN1:40000 > OUT1:80", SYN).source();
        assertThat(lab.tcp("IN1:40000 > OUT2:80", SYN).source()).isEqualTo(first);
    }

    @Test
    void addressDependentMappingHasAPublicEndpointForEachRemoteAddress() {
        Lab lab = mapping(ADDRESS_DEPENDENT);
        Endpoint first = seen(lab, "OUT1:53");
        Endpoint second = seen(lab, "OUT2:53");
        assertThat(second).isNotEqualTo(first);
        assertThat(seen(lab, "OUT1:54")).isEqualTo(first);
        assertThat(seen(lab, "OUT1:55")).isEqualTo(first);
        assertThat(seen(lab, "OUT2:54")).isEqualTo(second);
    }

    @Test
    void addressAndPortDependentMappingHasOneForEachRemoteEndpoint() {
        Lab lab = mapping(ADDRESS_AND_PORT_DEPENDENT);
        Endpoint first = seen(lab, "OUT1:53");
        Endpoint second = seen(lab, "OUT1:54");
        assertThat(Set.of(first, second, seen(lab, "OUT2:53"))).hasSize(3);
        assertThat(seen(lab, "OUT1:53")).isEqualTo(first);
        lab.udp("OUT1:54 > EXT1:" + second.identifier()).arrives("OUT1:54 > IN1:5000");
        lab.udp("OUT1:54 > EXT1:" + first.identifier()).isRefused(Refusal.FILTERED);
    }

    @Test
    @Tag("NAT-UDP-03")
    void twoInsideEndpointsNeverShareOnePublicEndpoint() {
        for (Dependence mapping : Dependence.values()) {
            Lab lab = mapping(mapping);
            Endpoint one = lab.udp("IN1:5000 > OUT1:53").source();
            assertThat(lab.udp("IN2:5000 > OUT1:53").source()).isNotEqualTo(one);
            assertThat(lab.udp("IN3:5000 > OUT2:53").source()).isNotEqualTo(one);
        }
    }

    @Test
    @Tag("NAT-UDP-11")
    void endpointIndependentFilteringLetsAnybodyIn() {
        Lab lab = filtering(ENDPOINT_INDEPENDENT);
        lab.udp("IN1:5000 > OUT1:53");
        lab.udp("OUT2:9 > EXT1:5000").arrives("OUT2:9 > IN1:5000");
        lab.udp("OUT1:99 > EXT1:5000").arrives("OUT1:99 > IN1:5000");
        lab.udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
    }

    @Test
    @Tag("NAT-UDP-11")
    void addressDependentFilteringLetsAllPortsOfThatAddressIn() {
        Lab lab = filtering(ADDRESS_DEPENDENT);
        lab.udp("IN1:5000 > OUT1:53");
        lab.udp("OUT2:9 > EXT1:5000").isRefused(Refusal.FILTERED);
        lab.udp("OUT1:99 > EXT1:5000").arrives("OUT1:99 > IN1:5000");
        lab.udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
    }

    @Test
    @Tag("NAT-UDP-11")
    void addressAndPortDependentFilteringLetsThatEndpointIn() {
        Lab lab = filtering(ADDRESS_AND_PORT_DEPENDENT);
        lab.udp("IN1:5000 > OUT1:53");
        lab.udp("OUT2:9 > EXT1:5000").isRefused(Refusal.FILTERED);
        lab.udp("OUT1:99 > EXT1:5000").isRefused(Refusal.FILTERED);
        lab.udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
    }

    /** RFC 5382 REQ-3, 3b. */
    @Test
    @Tag("NAT-UDP-11")
    void eachProtocolHasAFilterOfItsOwn() {
        Behaviours open = Behaviours.STANDARD.withUdp(Behaviour.TRANSPARENT);
        Lab lab = Lab.with(config -> config.withBehaviours(open));
        lab.udp("IN1:5000 > OUT1:53");
        lab.tcp("IN1:5000 > OUT1:80", SYN);
        lab.udp("OUT2:9 > EXT1:5000").arrives("OUT2:9 > IN1:5000");
        lab.tcp("OUT2:9 > EXT1:5000", SYN).isRefused(Refusal.FILTERED);
        lab.tcp("OUT1:9 > EXT1:5000", SYN).arrives("OUT1:9 > IN1:5000");
    }

    @ParameterizedTest
    @EnumSource
    void aStaticForwardIsForAllRemotesWhateverTheBehaviour(Dependence both) {
        StaticForward dns = new StaticForward(Protocol.UDP, Lab.endpoint("EXT1:53"), Lab.endpoint("IN1:5000"));
        Lab lab = Lab.with(
                config -> config.withForwards(List.of(dns)).withBehaviours(Behaviours.all(new Behaviour(both, both))));
        lab.udp("OUT2:9 > EXT1:53").arrives("OUT2:9 > IN1:5000");
        Set<Endpoint> seen = new HashSet<>(List.of(seen(lab, "OUT1:1"), seen(lab, "OUT1:2"), seen(lab, "OUT2:1")));
        assertThat(seen).containsExactly(Lab.endpoint("EXT1:53"));
        lab.udp("OUT2:10 > EXT1:53").arrives("OUT2:10 > IN1:5000");
    }

    /** Where an answer could leave by two public endpoints, only the one that it would leave by lets its remote in. */
    @Test
    void aRemoteHasOnePublicEndpointForAnInsideOne() {
        Lab lab = mapping(ADDRESS_DEPENDENT);
        long first = seen(lab, "OUT1:53").identifier();
        long second = seen(lab, "OUT2:53").identifier();
        lab.udp("OUT2:9 > EXT1:" + first).isRefused(Refusal.FILTERED);
        lab.udp("198.51.100.9:9 > EXT1:" + first).arrives("198.51.100.9:9 > IN1:5000");
        assertThat(seen(lab, "198.51.100.9:8").identifier()).isEqualTo(first);
        lab.udp("OUT2:9 > EXT1:" + second).arrives("OUT2:9 > IN1:5000");
    }
}
