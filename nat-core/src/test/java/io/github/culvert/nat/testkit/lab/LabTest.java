package io.github.culvert.nat.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.refusal.Refusal;
import org.junit.jupiter.api.Test;

/** The words of the lab say what they mean, and fail where it is not so. */
class LabTest {
    @Test
    void aDialogueReadsLikeTheRequirement() {
        Lab lab = Lab.standard();
        lab.udp("IN1:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
        lab.at(119.9).udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
        lab.udp("OUT2:9 > EXT1:5000").isRefused(Refusal.FILTERED);
        lab.at(301).late().isSilent();
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    void connectionsAndPingsHaveWordsOfTheirOwn() {
        Lab lab = Lab.standard();
        assertThat(lab.connect("IN1:40000 > OUT1:80")).isEqualTo(40000);
        assertThat(lab.session(Protocol.TCP, "IN1:40000", "OUT1:80")
                        .orElseThrow()
                        .state())
                .isEqualTo(SessionState.ESTABLISHED);
        lab.ping("IN1:7 > OUT1").arrives("EXT1:7 > OUT1:7");
        lab.pong("OUT1 > EXT1:7").arrives("OUT1:7 > IN1:7");
        lab.udp("OUT1:9 > 224.0.0.1:9").goesToHost(HostTraffic.MULTICAST);
    }

    @Test
    void whatIsNotSoFails() {
        Lab lab = Lab.standard();
        assertThatThrownBy(() -> lab.udp("IN1:5000 > OUT1:53").arrives("EXT1:5001 > OUT1:53"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> lab.udp("IN1:5000 > OUT1:53").isRefused(Refusal.FILTERED))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> lab.udp("OUT2:9 > EXT1:5000").passes()).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> lab.udp("OUT2:9 > EXT1:5000").isSilent()).isInstanceOf(AssertionError.class);
    }
}
