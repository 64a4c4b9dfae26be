package io.github.culvert.nat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.MappingGrant;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mappings that inside hosts ask for (RFC 6887 section 11). */
class TemporaryMappingTest {
    private final Lab lab = Lab.standard();

    private Mapping ask(String inside, int seconds) {
        return ask(inside, Optional.empty(), seconds);
    }

    private Mapping ask(String inside, Optional<Endpoint> suggested, int seconds) {
        MappingGrant grant =
                lab.table().requestMapping(Protocol.UDP, Lab.endpoint(inside), suggested, Duration.ofSeconds(seconds));
        return ((MappingGrant.Granted) grant).mapping();
    }

    private boolean release(String inside) {
        return lab.table().releaseMapping(Protocol.UDP, Lab.endpoint(inside));
    }

    private long identifiers() {
        lab.late();
        return lab.bed().engine().counters().gauge(Gauge.IDENTIFIERS);
    }

    @Test
    void letsEverybodyInUntilItEnds() {
        assertThat(ask("IN1:5000", 600).lifetimeNanos()).isBetween(600_000_000_000L, 600_003_000_000L);
        lab.udp("OUT1:9 > EXT1:5000").arrives("OUT1:9 > IN1:5000");
        lab.at(599).udp("OUT2:9 > EXT1:5000").arrives("OUT2:9 > IN1:5000");
        lab.at(601).udp("OUT2:10 > EXT1:5000").passes();
        lab.udp("198.18.0.1:9 > EXT1:5000").isRefused(Refusal.FILTERED);
    }

    @Test
    void itsSessionsLiveOnAndKeepItAsAnOrdinaryOne() {
        ask("IN1:5000", 600);
        lab.at(500).udp("IN1:5000 > OUT1:53").passes();
        lab.at(601).late();
        assertThat(mapping("IN1:5000").orElseThrow().temporary()).isFalse();
        lab.udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
        lab.at(801).late();
        assertThat(mapping("IN1:5000")).isEmpty();
        assertThat(identifiers()).isZero();
    }

    private Optional<Mapping> mapping(String inside) {
        return lab.table().mappingOf(Protocol.UDP, Lab.endpoint(inside));
    }

    @Test
    void renewalProlongsIt() {
        ask("IN1:5000", 100);
        lab.at(90).late();
        assertThat(ask("IN1:5000", 100).outside()).isEqualTo(Lab.endpoint("EXT1:5000"));
        lab.at(189).late();
        assertThat(mapping("IN1:5000")).isPresent();
        lab.at(190.1).late();
        assertThat(mapping("IN1:5000")).isEmpty();
    }

    @Test
    void aShorterLifetimeCountsAtOnce() {
        ask("IN1:5000", 6_000);
        ask("IN1:5000", 10);
        lab.at(10.1).udp("OUT1:9 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
        ask("IN1:5001", 6_000);
        ask("IN1:5001", 10);
        lab.at(20.2).late();
        assertThat(mapping("IN1:5001")).isEmpty();
        lab.at(75);
        assertThat(identifiers()).isZero();
    }

    @Test
    void aDynamicMappingIsKeptAndBecomesTemporary() {
        lab.udp("IN2:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
        int port = lab.udp("IN1:5000 > OUT1:53").port();
        Mapping mapping = ask("IN1:5000", Optional.of(Lab.endpoint("EXT1:7000")), 600);
        assertThat(mapping.outside().identifier()).isEqualTo(port);
        assertThat(mapping.sessions()).isEqualTo(1);
        lab.udp("OUT2:9 > EXT1:" + port).arrives("OUT2:9 > IN1:5000");
    }

    @Test
    void aSuggestionIsFollowedIfItCanBe() {
        assertThat(ask("IN1:5000", Optional.of(Lab.endpoint("EXT1:7000")), 9).outside())
                .isEqualTo(Lab.endpoint("EXT1:7000"));
        assertThat(ask("IN2:5001", Optional.of(Lab.endpoint("EXT1:7000")), 9).outside())
                .isEqualTo(Lab.endpoint("EXT1:5001"));
        assertThat(ask("IN2:5002", Optional.of(Lab.endpoint("EXT4:7002")), 9).outside())
                .isEqualTo(Lab.endpoint("EXT1:5002"));
        assertThat(ask("IN2:5003", Optional.of(Lab.endpoint("EXT1:80")), 9).outside())
                .as("another class of ports")
                .isEqualTo(Lab.endpoint("EXT1:5003"));
    }

    @Test
    void itCanBeGivenUp() {
        ask("IN1:5000", 600);
        assertThat(release("IN1:5000")).isTrue();
        assertThat(release("IN1:5000")).isFalse();
        assertThat(identifiers()).isZero();
        lab.udp("OUT1:9 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
        ask("IN2:5000", 5);
        lab.at(700).late();
        assertThat(mapping("IN2:5000")).isEmpty();
    }

    @Test
    void givenUpWithSessionsItLivesOnLikeAnyOther() {
        ask("IN1:5000", 600);
        lab.udp("IN1:5000 > OUT1:53");
        assertThat(release("IN1:5000")).isTrue();
        assertThat(mapping("IN1:5000").orElseThrow().temporary()).isFalse();
        lab.at(301).late();
        assertThat(mapping("IN1:5000")).isEmpty();
        lab.at(1000);
        assertThat(identifiers()).isZero();
    }

    @Test
    void aStaticForwardStaysWhatItIs() {
        StaticForward forward = new StaticForward(Protocol.UDP, Lab.endpoint("EXT1:53"), Lab.endpoint("IN1:5000"));
        lab.table().addForward(forward);
        assertThat(ask("IN1:5000", 10).permanent()).isTrue();
        assertThat(release("IN1:5000")).isFalse();
        lab.at(20).late();
        lab.udp("OUT1:9 > EXT1:53").arrives("OUT1:9 > IN1:5000");
    }

    @Test
    void itIsListedWithItsLifetime() {
        ask("IN1:5000", 600);
        lab.at(100).late();
        List<Mapping> mappings = new ArrayList<>();
        lab.table().forEachMapping(mappings::add);
        assertThat(mappings).singleElement().satisfies(mapping -> {
            assertThat(mapping.temporary()).isTrue();
            assertThat(mapping.lifetimeNanos()).isBetween(499_990_000_000L, 500_003_000_000L);
        });
    }

    @Test
    void whatCannotBeAskedForIsAnError() {
        Endpoint inside = Lab.endpoint("IN1:5000");
        NatTable table = lab.table();
        assertThatThrownBy(() -> table.requestMapping(Protocol.ICMP, inside, Optional.empty(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.requestMapping(Protocol.UDP, inside, Optional.empty(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.requestMapping(Protocol.UDP, inside, Optional.empty(), Duration.ofDays(21)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        table.requestMapping(Protocol.UDP, Lab.endpoint("IN1:0"), Optional.empty(), Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(table.requestMapping(Protocol.UDP, Lab.endpoint("OUT1:5"), Optional.empty(), Duration.ofDays(1)))
                .isEqualTo(new MappingGrant.Denied(Refusal.SPOOFED_INSIDE));
    }

    /** Time that jumps further than stamps reach ends it too. */
    @Test
    void itIsOverAfterAnyPause() {
        ask("IN1:5000", 86_400 * 20);
        lab.at(86_400 * 60.0).udp("OUT1:9 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
        assertThat(mapping("IN1:5000")).isEmpty();
        assertThat(identifiers()).isZero();
    }
}
