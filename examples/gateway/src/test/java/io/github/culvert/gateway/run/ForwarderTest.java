package io.github.culvert.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.gateway.report.AlgReport;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ForwarderTest {
    private static final NatConfig CONFIG = NatConfig.of(
                    List.of(Ipv4Prefix.parse("192.168.77.0/24")), List.of(Ipv4Address.parse("203.0.113.1")))
            .asCarrier();
    private static final byte[] QUESTION = RawPackets.udp("192.168.77.11", 5000, "203.0.113.10", 53, "question");
    private static final byte[] ANSWER = RawPackets.udp("203.0.113.10", 53, "203.0.113.1", 5000, "answer");

    private final ScriptedTuns tuns = new ScriptedTuns();
    private final Requests requests = new Requests();
    private final NatEngine engine = NatEngine.builder(CONFIG).startNanos(0).build();
    private long now;
    private int reports;
    private final Forwarder forwarder = new Forwarder(tuns, engine, () -> now, requests, () -> reports++);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aQuestionGoesOutAndItsAnswerComesIn() throws IOException {
        run(() -> tuns.inside().feed(QUESTION), () -> tuns.outside().feed(ANSWER));
        assertThat(tuns.outside().written()).containsExactly("203.0.113.1:5000 > 203.0.113.10:53 question");
        assertThat(tuns.inside().written()).containsExactly("203.0.113.10:53 > 192.168.77.11:5000 answer");
        assertThat(summary().outbound()).isEqualTo(new Summary.Traffic(1, QUESTION.length));
        assertThat(summary().inbound()).isEqualTo(new Summary.Traffic(1, ANSWER.length));
        assertThat(summary().sessions()).isEqualTo(new Summary.Sessions(1, 1, 0));
    }

    @Test
    void whatIsForTheHostIsCountedByKindAndDropped() throws IOException {
        run(() -> {
            tuns.inside().feed(RawPackets.routerSolicitation());
            tuns.inside().feed(RawPackets.udp("192.168.77.11", 5353, "224.0.0.251", 5353, "mdns"));
            tuns.outside().feed(RawPackets.udp("203.0.113.10", 53, "203.0.113.99", 5000, "not ours"));
        });
        assertThat(summary().toHost()).containsOnly(entry("IPV6", 1), entry("MULTICAST", 1), entry("NOT_OURS", 1));
        assertThat(tuns.inside().written()).isEmpty();
        assertThat(tuns.outside().written()).isEmpty();
    }

    @Test
    @Tag("SEC-11")
    void whatIsRefusedIsCountedByReason() throws IOException {
        run(() -> {
            tuns.inside().feed(RawPackets.udp("10.9.9.9", 5000, "203.0.113.10", 53, "spoofed"));
            tuns.outside().feed(ANSWER);
            tuns.inside().feed(new byte[] {0x45, 0, 0});
        });
        assertThat(summary().refused())
                .containsOnly(entry("SPOOFED_INSIDE", 1), entry("NO_MAPPING", 1), entry("SHORT_IP_HEADER", 1));
    }

    @Test
    void aDeviceThatIsDownLosesPacketsAndTheRunGoesOn() throws IOException {
        run(
                () -> {
                    tuns.outside().down(true);
                    tuns.inside().feed(QUESTION);
                    tuns.inside().feed(QUESTION);
                },
                () -> {
                    tuns.outside().down(false);
                    tuns.inside().down(true);
                    tuns.inside().feed(QUESTION);
                    tuns.outside().feed(ANSWER);
                });
        assertThat(tuns.outside().written()).containsExactly("203.0.113.1:5000 > 203.0.113.10:53 question");
        assertThat(summary().lostOutside()).isEqualTo(2);
        assertThat(summary().lostInside()).isEqualTo(1);
    }

    @Test
    void aDeviceThatIsGoneEndsTheRun() {
        tuns.then(() -> tuns.outside().vanish());
        assertThatThrownBy(forwarder::run).isInstanceOf(IOException.class).hasMessage("File descriptor in bad state");
    }

    @Test
    void neitherSideStarvesTheOther() throws IOException {
        run(() -> {
            for (int i = 0; i < 1000; i++) {
                tuns.inside().feed(QUESTION);
                tuns.outside().feed(ANSWER);
            }
        });
        assertThat(tuns.outside().written()).hasSize(1000);
        assertThat(tuns.inside().mostReadsInARow()).isEqualTo(Forwarder.TURN);
        assertThat(tuns.outside().mostReadsInARow()).isEqualTo(Forwarder.TURN);
    }

    @Test
    void aPacketToThePublicAddressComesBackInside() throws IOException {
        run(
                () -> tuns.inside().feed(QUESTION),
                () -> tuns.inside().feed(RawPackets.udp("192.168.77.12", 6000, "203.0.113.1", 5000, "neighbour")));
        assertThat(tuns.inside().written()).containsExactly("203.0.113.1:6000 > 192.168.77.11:5000 neighbour");
    }

    @Test
    void fragmentsAreHeldAndLeaveTogether() throws IOException {
        byte[][] fragments = RawPackets.fragments(QUESTION, 8);
        run(() -> tuns.inside().feed(fragments[1]), () -> {
            assertThat(tuns.outside().written()).isEmpty();
            tuns.inside().feed(fragments[0]);
        });
        assertThat(tuns.outside().written())
                .containsExactly(
                        "203.0.113.1 > 203.0.113.10 fragment at 0", "203.0.113.1 > 203.0.113.10 fragment at 8");
    }

    @Test
    void whatIsDueByTimeLeavesByItself() throws IOException {
        run(
                () -> tuns.outside().feed(RawPackets.syn("203.0.113.10", 999, "203.0.113.1", 80)),
                () -> now += Duration.ofSeconds(7).toNanos(),
                () -> {});
        assertThat(tuns.outside().written()).containsExactly("203.0.113.1 > 203.0.113.10 ICMP 3/3");
        assertThat(summary().sent()).containsOnly(entry("PORT_UNREACHABLE", 1));
    }

    @Test
    void sessionsEndByTimeAlone() throws IOException {
        run(
                () -> tuns.inside().feed(QUESTION),
                () -> now += Duration.ofSeconds(301).toNanos(),
                () -> {});
        assertThat(summary().sessions()).isEqualTo(new Summary.Sessions(0, 1, 1));
    }

    @Test
    void theSleepIsNeverLongerThanASecond() throws IOException {
        run(() -> tuns.inside().feed(QUESTION), () -> {}, () -> {});
        assertThat(tuns.longestAwait()).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aReportIsMadeByTheForwardingThread() throws IOException {
        run(requests::report, () -> assertThat(reports).isEqualTo(1));
        assertThat(reports).isEqualTo(1);
        assertThat(tuns.wakeUps()).isEqualTo(2);
    }

    @Test
    void aRequestToStopBeforeTheStartEndsItAtOnce() throws IOException {
        requests.stop();
        tuns.inside().feed(QUESTION);
        forwarder.run();
        assertThat(tuns.outside().written()).isEmpty();
    }

    /** Forwards through the steps and then stops. */
    private void run(Runnable... steps) throws IOException {
        List.of(steps).forEach(tuns::then);
        tuns.then(requests::stop);
        forwarder.run();
    }

    private Summary summary() {
        return Summary.of(engine.counters(), AlgReport.NOTHING, Duration.ZERO, forwarder.sink());
    }

    private static java.util.Map.Entry<String, Long> entry(String name, long count) {
        return java.util.Map.entry(name, count);
    }
}
