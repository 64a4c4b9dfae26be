package io.github.culvert.nat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.UdpPolicy;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More is due than a packet pays for, and nobody calls {@code advance}: the filter is as strict as ever. */
class NeglectTest {
    /** More sessions than an opening cleans up. */
    private static final int MANY = 400;

    private final Lab lab = Lab.standard();

    private void forget() {
        for (int i = 0; i < MANY; i++) {
            lab.udp("IN2:" + (2000 + i) + " > OUT2:53");
        }
        // two sessions with one remote address: a record of its own stands for both
        lab.udp("IN1:5000 > OUT1:53");
        lab.udp("IN1:5000 > OUT1:54");
    }

    @Test
    void aRemoteWhoseSessionsAreOverIsNotLetIn() {
        forget();
        lab.at(301);
        assertThat(lab.udp("OUT1:99 > EXT1:5000").one().isForwarded()).isFalse();
        lab.late();
        lab.udp("OUT1:99 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    void aRemoteThatIsStillTalkedToIs() {
        forget();
        lab.at(200).udp("IN1:5000 > OUT1:54").passes();
        lab.at(301).udp("OUT1:99 > EXT1:5000").arrives("OUT1:99 > IN1:5000");
    }

    /** Only the older of the two is alive: in doubt the filter stays shut until time has done its work. */
    @Test
    void inDoubtTheFilterStaysShutUntilTimeHasDoneItsWork() {
        forget();
        lab.at(200).udp("IN1:5000 > OUT1:53").passes();
        lab.at(301).udp("OUT1:99 > EXT1:5000").isRefused(Refusal.FILTERED);
        lab.late();
        lab.udp("OUT1:99 > EXT1:5000").arrives("OUT1:99 > IN1:5000");
    }

    /** Each refused packet does a part of the work too. */
    @Test
    void packetsAloneBringTheTruthToLight() {
        forget();
        lab.at(200).udp("IN1:5000 > OUT1:53").passes();
        lab.at(301);
        int refused = 0;
        while (!lab.udp("OUT1:99 > EXT1:5000").one().isForwarded()) {
            refused++;
        }
        assertThat(refused).isBetween(1, MANY / 16);
    }

    /** The same where timeouts differ by port. */
    @Test
    void aShortSessionDoesNotOutliveItsTime() {
        Lab dns = Lab.with(
                config -> config.withUdp(UdpPolicy.STANDARD.withShortTimeouts(Map.of(53, Duration.ofSeconds(1)))));
        dns.udp("IN1:5000 > OUT1:53");
        dns.at(1.01).udp("OUT1:53 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
    }
}
