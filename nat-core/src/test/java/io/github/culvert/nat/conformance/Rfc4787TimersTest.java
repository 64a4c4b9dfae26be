package io.github.culvert.nat.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.UdpPolicy;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 4787 section 4.3 and RFC 7857 section 7, how long UDP mappings stay. */
class Rfc4787TimersTest {
    private static final UdpPolicy SHORT_DNS = UdpPolicy.STANDARD.withShortTimeouts(Map.of(53, Duration.ofSeconds(10)));
    private static final UdpPolicy BOTH_WAYS = UdpPolicy.STANDARD.withInboundRefresh(true);

    private static Lab lab(UdpPolicy udp) {
        return Lab.with(config -> config.withUdp(udp));
    }

    @Test
    @Tag("NAT-UDP-07")
    void req5aASessionToANamedPortEndsSooner() {
        Lab lab = lab(SHORT_DNS);
        lab.udp("IN1:5000 > OUT1:53");
        lab.at(9.9).udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
        lab.at(10.1).udp("OUT1:53 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    @Tag("NAT-UDP-07")
    void req5aTheMappingLivesAsLongAsItsLongestSession() {
        Lab lab = lab(SHORT_DNS);
        lab.udp("IN1:5000 > OUT1:53");
        lab.udp("IN1:5000 > OUT2:3478");
        lab.at(10.1).late();
        assertThat(lab.session(Protocol.UDP, "IN1:5000", "OUT1:53")).isEmpty();
        lab.udp("OUT1:53 > EXT1:5000").isRefused(Refusal.FILTERED);
        lab.at(299.9).udp("OUT2:3478 > EXT1:5000").arrives("OUT2:3478 > IN1:5000");
        lab.at(300.1).udp("OUT2:3478 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    @Tag("NAT-UDP-09")
    void req6OutboundPacketsRefreshWhateverComesBack() {
        Lab lab = Lab.standard();
        for (int i = 0; i <= 10; i++) {
            lab.at(200 * i).udp("IN1:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
        }
        lab.at(2100).late();
        lab.udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
    }

    /** By default. */
    @Test
    void req6InboundPacketsRefreshNothing() {
        Lab lab = Lab.standard();
        lab.udp("IN1:5000 > OUT1:53");
        lab.at(200).udp("OUT1:53 > EXT1:5000").passes();
        lab.at(300.1).udp("OUT1:53 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    void req6InboundRefreshIsASwitch() {
        Lab lab = lab(BOTH_WAYS);
        lab.udp("IN1:5000 > OUT1:53");
        lab.at(200).udp("OUT1:53 > EXT1:5000").passes();
        lab.at(499).late();
        lab.udp("OUT1:53 > EXT1:5000").passes();
    }

    /** The switch is about UDP alone. */
    @Test
    void req6InboundRefreshLeavesQueriesAsTheyAre() {
        Lab lab = lab(BOTH_WAYS);
        lab.ping("IN1:7 > OUT1");
        lab.at(50).pong("OUT1 > EXT1:7").passes();
        lab.at(60.1).pong("OUT1 > EXT1:7").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    @Tag("NAT-UPD-04")
    void rfc7857WhatTheFilterRefusesRefreshesNothing() {
        Lab lab = Lab.with(config -> config.withUdp(BOTH_WAYS).withBehaviours(Behaviours.all(Behaviour.STANDARD)));
        lab.udp("IN1:5000 > OUT1:53");
        for (int i = 1; i < 5; i++) {
            lab.at(60 * i).udp("OUT2:53 > EXT1:5000").isRefused(Refusal.FILTERED);
        }
        lab.at(299).udp("OUT2:53 > EXT1:5000").isRefused(Refusal.FILTERED);
        lab.at(300.1).udp("OUT1:53 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
    }
}
