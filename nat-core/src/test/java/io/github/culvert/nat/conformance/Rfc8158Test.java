package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.Thresholds;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.event.LogField;
import io.github.culvert.nat.event.LogProfile;
import io.github.culvert.nat.event.LogRecord;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.event.NatLog;
import io.github.culvert.nat.event.Quota;
import io.github.culvert.nat.event.Threshold;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 8158, which events there are and what their records say, as values. */
class Rfc8158Test {
    private final List<NatEvent> events = new ArrayList<>();
    private final NatLog log = new NatLog(LogProfile.MAPPINGS, 1_000_000, () -> 1_700_000_000_000L);
    private final NatLog destinations = new NatLog(LogProfile.SESSIONS, 1_000_000, () -> 1_700_000_000_000L);

    private Lab lab(UnaryOperator<NatConfig> change) {
        NatConfig config = NatBed.config(EXT1);
        NatConfig quiet = config.withIcmp(config.icmp().withAnswers(Set.of()));
        return Lab.around(NatEngine.builder(change.apply(quiet))
                .random(new SplittableRandom(1))
                .listener(events::add)
                .listener(log)
                .listener(destinations)
                .build());
    }

    private Lab limited(UnaryOperator<Limits> change) {
        return lab(config -> config.withLimits(change.apply(config.limits())));
    }

    private List<Integer> numbers() {
        List<Integer> numbers = events.stream().map(NatEvent::natEvent).toList();
        events.clear();
        return numbers;
    }

    private static List<LogRecord> records(NatLog log) {
        List<LogRecord> records = new ArrayList<>();
        log.drain(records::add, Integer.MAX_VALUE);
        return records;
    }

    private static long element(LogRecord record, int element) {
        return record.values().entrySet().stream()
                .filter(entry -> entry.getKey().element() == element)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(-1L);
    }

    private static long number(String address) {
        return Lab.address(address).bits() & 0xffff_ffffL;
    }

    @Test
    @Tag("NAT-LOG-01")
    void section43MappingsAndSessions() {
        Lab lab = lab(config -> config);
        lab.udp("IN1:5000 > OUT1:53");
        assertThat(numbers()).containsExactly(14, 8, 4);
        lab.at(301).late();
        assertThat(numbers()).containsExactly(5, 9, 15);
    }

    @Test
    @Tag("NAT-LOG-01")
    void section43Blocks() {
        var blocks = IdentifierPolicy.STANDARD.withAssignment(new Assignment.Blocks(256));
        Lab lab = lab(config -> config.withIdentifiers(blocks));
        lab.udp("IN1:5000 > OUT1:53");
        lab.at(301).late();
        assertThat(numbers()).containsExactly(14, 16, 8, 4, 5, 9, 17, 15);
        LogRecord block = records(log).get(1);
        assertThat(element(block, 8)).isEqualTo(number("IN1"));
        assertThat(element(block, 362) - element(block, 361)).isEqualTo(255);
    }

    @Test
    @Tag("NAT-LOG-01")
    void section43IdentifiersAndAddressesThatRunOut() {
        Lab lab = lab(config -> config);
        lab.udp("IN1:5000 > OUT1:53");
        lab.table().reserveForHost(Protocol.UDP, EXT1, 0, 4999);
        lab.table().reserveForHost(Protocol.UDP, EXT1, 5001, 65_535);
        events.clear();
        lab.udp("IN1:5001 > OUT1:53").isRefused(Refusal.IDENTIFIERS_EXHAUSTED);
        assertThat(events)
                .containsExactly(
                        new NatEvent.IdentifiersExhausted(Protocol.UDP, EXT1),
                        new NatEvent.AddressesExhausted(Protocol.UDP));
        assertThat(numbers()).containsExactly(12, 3);
    }

    @Test
    void addressesRunOutAlsoOnceSomeHaveGone() {
        Lab lab = lab(config -> config.withPublicAddresses(List.of(EXT1, EXT2)));
        lab.table().removePublicAddress(EXT1);
        lab.table().reserveForHost(Protocol.UDP, EXT2, 0, 65_535);
        events.clear();
        lab.udp("IN1:5001 > OUT1:53").isRefused(Refusal.IDENTIFIERS_EXHAUSTED);
        assertThat(events).contains(new NatEvent.AddressesExhausted(Protocol.UDP));
    }

    @Test
    @Tag("NAT-LOG-01")
    void section43QuotasAndThresholds() {
        Thresholds two = new Thresholds(Limits.MOST, 0, 2, Limits.MOST, Limits.MOST);
        Lab lab = limited(limits -> limits.withMappings(2).withThresholds(two));
        lab.udp("IN1:5000 > OUT1:53");
        lab.udp("IN1:5001 > OUT1:53");
        lab.udp("IN1:5002 > OUT1:53").isRefused(Refusal.MAPPING_LIMIT);
        assertThat(numbers()).containsExactly(14, 8, 4, 8, 4, 18, 13);
    }

    @Test
    @Tag("NAT-LOG-01")
    void section43WhatTheRfcDoesNotKnowHasNoNumber() {
        Lab lab = lab(config -> config.withRates(Rates.STANDARD.withSessions(new Rate(1, 1))));
        lab.udp("IN1:5000 > OUT1:53");
        events.clear();
        lab.udp("IN1:5001 > OUT1:53").isRefused(Refusal.SESSION_RATE);
        assertThat(events).containsExactly(new NatEvent.LimitReached(Refusal.SESSION_RATE, IN1));
        assertThat(numbers()).containsExactly(NatEvent.NO_NUMBER);
        assertThat(records(log)).extracting(each -> element(each, 230)).containsExactly(14L, 8L);
    }

    @Test
    @Tag("NAT-LOG-04")
    void section44AHostAtItsLimit() {
        Lab lab = limited(limits -> limits.withUdpMappingsPerHost(1));
        lab.udp("IN1:5000 > OUT1:53");
        records(log);
        lab.udp("IN1:5001 > OUT1:53").isRefused(Refusal.HOST_MAPPING_LIMIT);
        LogRecord record = records(log).get(0);
        assertThat(List.of(element(record, 230), element(record, 466), element(record, 473), element(record, 8)))
                .containsExactly(13L, 3L, 1L, number("IN1"));
        assertThat(element(record, 323)).isEqualTo(1_700_000_000_000L);
    }

    @Test
    @Tag("NAT-LOG-04")
    void section44EachQuotaHasItsNumberAndItsLimit() {
        assertThat(quota(limits -> limits.withSessions(1))).containsExactly(13L, 1L, 1L);
        assertThat(quota(limits -> limits.withMappings(1))).containsExactly(13L, 2L, 1L);
        assertThat(quota(limits -> limits.withSessionsPerHost(1))).containsExactly(13L, 3L, 1L);
        assertThat(quota(limits -> limits.withHosts(1))).containsExactly(13L, 4L, 1L);
        assertThat(IntStream.rangeClosed(0, 4).map(i -> Quota.values()[i].number()))
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(IntStream.rangeClosed(0, 4)
                        .map(i -> Quota.values()[i].limitField().element()))
                .containsExactly(471, 472, 473, 474, 475);
    }

    /** natEvent, quota and limit of the record when a second flow of each of two hosts is refused. */
    private List<Long> quota(UnaryOperator<Limits> limits) {
        Lab lab = limited(limits);
        lab.udp("IN1:5000 > OUT1:53");
        records(log);
        lab.udp("IN1:5001 > OUT1:53");
        lab.udp("IN2:5001 > OUT1:53");
        LogRecord record = records(log).stream()
                .filter(each -> element(each, 466) > 0)
                .findFirst()
                .orElseThrow();
        return List.of(element(record, 230), element(record, 466), element(record, 470 + (int) element(record, 466)));
    }

    @Test
    @Tag("NAT-LOG-04")
    void section45ThresholdsAreToldWhenTheyAreReached() {
        Lab lab = limited(limits -> limits.withThresholds(new Thresholds(1, 0, 3, 2, 2)));
        lab.udp("IN1:5000 > OUT1:53");
        lab.udp("IN1:5001 > OUT1:53");
        lab.udp("IN2:5000 > OUT1:53");
        lab.udp("IN2:5001 > OUT1:53");
        assertThat(thresholds())
                .containsExactly(
                        new NatEvent.ThresholdReached(Threshold.ADDRESSES_HIGH, 1, Optional.empty()),
                        new NatEvent.ThresholdReached(Threshold.MAPPINGS_PER_HOST, 2, Optional.of(IN1)),
                        new NatEvent.ThresholdReached(Threshold.MAPPINGS, 3, Optional.empty()),
                        new NatEvent.ThresholdReached(Threshold.HOSTS, 2, Optional.empty()));
    }

    private List<NatEvent> thresholds() {
        List<NatEvent> reached = events.stream()
                .filter(NatEvent.ThresholdReached.class::isInstance)
                .toList();
        events.clear();
        return reached;
    }

    @Test
    @Tag("NAT-LOG-04")
    void section45TheLowMarkOfThePoolIsToldOnTheWayDown() {
        NatConfig two = NatBed.config(EXT1, Lab.address("EXT2"));
        Lab lab = lab(config -> config.withPublicAddresses(two.publicAddresses())
                .withLimits(config.limits().withThresholds(new Thresholds(2, 1, 999, 999, 999))));
        for (int i = 1; i < 40; i++) {
            lab.at(i).udp("192.168.1." + i + ":5000 > OUT1:53");
        }
        assertThat(thresholds()).extracting("threshold").containsExactly(Threshold.ADDRESSES_HIGH);
        lab.at(400).late();
        assertThat(thresholds()).extracting("threshold").containsExactly(Threshold.ADDRESSES_LOW);
        assertThat(records(log).stream().filter(each -> element(each, 230) == 18))
                .extracting(each -> element(each, 467))
                .containsExactly(1L, 2L);
    }

    @Test
    @Tag("NAT-LOG-04")
    void section45EachThresholdHasItsNumberAndItsElement() {
        assertThat(IntStream.range(0, 5).map(i -> Threshold.values()[i].number()))
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(IntStream.range(0, 5)
                        .map(i -> Threshold.values()[i].valueField().element()))
                .containsExactly(476, 477, 478, 480, 481);
    }

    @Test
    @Tag("NAT-CGN-09")
    void destinationsAreNotLoggedUnlessAskedFor() {
        Lab lab = lab(config -> config.withPortless(Set.of(97)));
        lab.udp("IN1:5000 > OUT1:53");
        lab.at(301).late();
        List<LogRecord> plain = records(log);
        assertThat(plain).extracting(each -> element(each, 230)).containsExactly(14L, 8L, 9L, 15L);
        assertThat(plain)
                .allSatisfy(each -> assertThat(
                                List.of(element(each, 12), element(each, 11), element(each, 226), element(each, 228)))
                        .containsOnly(-1L));
        assertThat(element(plain.get(1), 7)).isEqualTo(5000);
        assertThat(element(plain.get(1), 225)).isEqualTo(number("EXT1"));
    }

    /** One flow gives records of one kind, never of both. */
    @Test
    void withDestinationsTheRecordsAreThoseOfSessions() {
        Lab lab = lab(config -> config);
        lab.udp("IN1:5000 > OUT1:53");
        lab.at(301).late();
        List<LogRecord> full = records(destinations);
        assertThat(full).extracting(each -> element(each, 230)).containsExactly(14L, 4L, 5L, 15L);
        assertThat(full.get(1).value(LogField.REMOTE_ADDRESS)).contains(number("OUT1"));
        assertThat(full.get(1).value(LogField.REMOTE_IDENTIFIER)).contains(53L);
        assertThat(full.get(1).value(LogField.POST_REMOTE_ADDRESS)).contains(number("OUT1"));
    }

    @Test
    @Tag("NAT-LOG-07")
    void everyBeginningHasOneEndOfTheSameKey() {
        Lab lab = limited(limits -> limits.withMappingsPerHost(100_000).withSessionsPerHost(100_000));
        for (int i = 0; i < 100_000; i++) {
            lab.at(i / 1000.0).udp("IN1:" + (1024 + i % 60_000) + " > 198.18.0." + i / 60_000 + ":53");
        }
        lab.at(1000).late();
        assertThat(keys(8, LogField.INSIDE_IDENTIFIER, records(log), 9)).isEqualTo(60_000);
        assertThat(keys(4, LogField.REMOTE_ADDRESS, records(destinations), 5)).isEqualTo(100_000);
    }

    /** How many keys began with one event and ended with another, each as often. */
    private static int keys(int begin, LogField part, List<LogRecord> records, int end) {
        Map<List<Long>, Integer> open = new java.util.HashMap<>();
        for (LogRecord record : records) {
            long event = element(record, 230);
            if (event == 14 || event == 15) {
                continue;
            }
            List<Long> key = List.of(
                    element(record, 8),
                    element(record, 7),
                    element(record, 227),
                    record.value(part).orElseThrow());
            int now = open.merge(key, event == begin ? 1 : event == end ? -1 : 99, Integer::sum);
            if (now < 0 || now > 1) {
                throw new AssertionError(record.toString());
            }
        }
        assertThat(open.values()).containsOnly(0);
        return open.size();
    }

    @Test
    @Tag("NAT-LOG-07")
    void manyRefusalsInASecondAreOneEvent() {
        Lab lab = limited(limits -> limits.withSessions(1));
        lab.udp("IN1:5000 > OUT1:53");
        events.clear();
        for (int i = 0; i < 100_000; i++) {
            lab.at(i / 100_001.0).udp("IN1:" + (1024 + i % 60_000) + " > OUT2:53");
        }
        assertThat(lab.refused(Refusal.SESSION_LIMIT)).isEqualTo(100_000);
        assertThat(events).hasSize(1);
    }

    @Test
    @Tag("NAT-LOG-06")
    void aLogThatNobodyWritesLosesRecordsAndHoldsNothingUp() {
        NatLog small = new NatLog(LogProfile.MAPPINGS, 100, () -> 0);
        NatEngine engine =
                NatEngine.builder(NatBed.config(EXT1)).listener(small).build();
        Lab lab = Lab.around(engine);
        for (int i = 0; i < 1_000; i++) {
            lab.at(i / 100.0).udp("IN1:" + (2000 + i) + " > OUT1:53").passes();
        }
        assertThat(small.dropped()).isEqualTo(901);
        assertThat(records(small)).hasSize(100);
        lab.udp("IN1:9000 > OUT1:53").passes();
        assertThat(small.waiting()).isEqualTo(1);
    }
}
