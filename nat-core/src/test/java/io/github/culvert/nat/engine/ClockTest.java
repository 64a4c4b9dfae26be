package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.bed.Step;
import io.github.culvert.nat.testkit.bed.Traffic;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clocks that stand still and clocks that jump back: time goes on where it was, and nobody gains by it. */
class ClockTest {
    private static final double DAY = 86_400;

    /** Does nothing but tell the time. */
    private static final Octets OF_HOST = Lab.udpPacket("198.18.0.1:9 > OUT1:9").octets();

    private Lab lab = Lab.standard();

    private static NatBed bed() {
        return NatBed.of(NatBed.config(Packets.EXT1, Packets.EXT2));
    }

    @Test
    @Tag("SEC-15")
    void noMappingLivesLongerOrDiesEarlierForAClockThatJumpsBack() {
        lab.at(1000).udp("IN1:5000 > OUT1:53").passes();
        lab.at(1100 - DAY).late();
        lab.udp("OUT1:53 > EXT1:5000").passes();
        lab.udp("IN1:6000 > OUT1:53").passes();
        lab.at(1299).late();
        lab.udp("OUT1:53 > EXT1:5000").passes();
        lab.udp("OUT1:53 > EXT1:6000").passes();
        lab.at(1300.1);
        lab.udp("OUT1:53 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
        lab.udp("OUT1:53 > EXT1:6000").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    @Tag("SEC-15")
    void connectionsNeitherLiveLongerNorDieEarlier() {
        lab.at(1000).tcp("IN1:4000 > OUT1:80", SYN).passes();
        lab.at(1000 - DAY).tcp("IN1:4000 > OUT1:80", SYN).passes();
        lab.at(1239).late();
        assertThat(lab.sessions()).hasSize(1);
        lab.at(1240.1).late();
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    @Tag("SEC-15")
    void anAnswerByTimeComesWhenItWouldHaveCome() {
        lab.at(1000).tcp("OUT1:80 > EXT1:4000", SYN).isRefused(Refusal.NO_MAPPING);
        lab.at(1003 - DAY).late().isSilent();
        lab.at(1005.9).late().isSilent();
        lab.at(1006.1).late().arrives("EXT1 > OUT1");
    }

    @Test
    @Tag("SEC-15")
    void whereTimeStandsStillNothingEnds() {
        lab = Lab.with(config -> config.withRates(Rates.STANDARD.withMidStream(new Rate(1_000, 1))));
        lab.at(1000).tcp("IN1:4000 > OUT1:80", ACK).passes();
        for (int i = 0; i < 1000; i++) {
            lab.at(1000 - i % 2 * DAY).late().isSilent();
            Delivery out = lab.tcp("IN1:4001 > OUT1:80", ACK).all().get(0);
            assertThat(out).hasToString("refused MID_STREAM_RATE");
        }
        assertThat(lab.sessions()).hasSize(1);
        lab.at(1000.01).tcp("IN1:4001 > OUT1:80", ACK).passes();
    }

    /** Any traffic on a clock that jumps back now and then comes out as on one that stands still meanwhile. */
    @Property(tries = 20)
    void jumpsBackAreAsIfTimeStoodStill(@ForAll long seed) {
        List<Step> steps = Traffic.record(seed, bed(), 300);
        SplittableRandom random = new SplittableRandom(seed);
        NatBed jumping = bed();
        for (Step step : steps) {
            jumping.clock().pass(step.nanos() - jumping.clock().nanos());
            jumping.send(Side.HOST, OF_HOST, ChecksumStatus.VERIFY);
            long back = random.nextInt(4) == 0 ? random.nextLong(100_000_000_000_000L) : 0;
            jumping.clock().pass(-back);
            assertThat(jumping.sendAll(step.from(), step.packet(), step.checksum()))
                    .isEqualTo(step.out());
        }
    }
}
