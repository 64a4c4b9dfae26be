package io.github.culvert.nat.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration may be; all that is wrong is said at once, with setting, value and what is allowed. */
class NatConfigTest {
    private static final NatConfig GOOD = config(List.of("192.168.1.0/24"), List.of("203.0.113.1"));

    private static NatConfig config(List<String> inside, List<String> outside) {
        return NatConfig.of(
                inside.stream().map(Ipv4Prefix::parse).toList(),
                outside.stream().map(Ipv4Address::parse).toList());
    }

    private static StaticForward forward(Protocol protocol, String outside, String inside) {
        return new StaticForward(protocol, Endpoint.parse(outside), Endpoint.parse(inside));
    }

    private static List<String> settings(NatConfig config) {
        return config.problems().stream().map(ConfigProblem::setting).toList();
    }

    @Test
    void theDefaultsAreAllowed() {
        assertThat(GOOD.problems()).isEmpty();
        assertThat(GOOD.validate()).isSameAs(GOOD);
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        NatConfig bad = config(List.of("203.0.113.0/24"), List.of("203.0.113.1", "203.0.113.1", "0.0.0.1"))
                .withForwards(List.of(forward(Protocol.ICMP, "203.0.113.9:0", "10.0.0.1:70000")))
                .withTimeouts(Timeouts.of(
                        ofSeconds(119), ofSeconds(7439), ofNanos(1), ofSeconds(239), ofNanos(1), ofSeconds(59)))
                .withLimits(Limits.of(0, 0, Limits.MOST + 1, -1))
                .withPath(PathPolicy.STANDARD.withOutsideMtu(67));
        assertThat(settings(bad))
                .containsExactly(
                        "public-addresses",
                        "public-addresses",
                        "public-addresses",
                        "public-addresses",
                        "forwards",
                        "forwards",
                        "forwards",
                        "forwards",
                        "forwards",
                        "timeouts.udp",
                        "timeouts.tcp-established",
                        "timeouts.tcp-opening",
                        "timeouts.tcp-closing",
                        "timeouts.tcp-reset",
                        "timeouts.icmp-query",
                        "limits.sessions",
                        "limits.hosts",
                        "limits.mappings-per-host",
                        "limits.sessions-per-host",
                        "path.outside-mtu");
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(bad::validate)
                .satisfies(e -> assertThat(e.problems()).isEqualTo(bad.problems()))
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSameSizeAs(bad.problems()));
    }

    @Test
    void aProblemNamesSettingValueAndWhatIsAllowed() {
        assertThat(GOOD.withPath(PathPolicy.STANDARD.withOutsideMtu(67)).problems())
                .singleElement()
                .hasToString("path.outside-mtu: '67' is not allowed; 68 to 65535 bytes");
        assertThat(config(List.of("203.0.113.0/24"), List.of("203.0.113.1")).problems())
                .singleElement()
                .asString()
                .contains("203.0.113.1", "203.0.113.0/24");
    }

    @Test
    void bothSidesNeedAnAddress() {
        assertThat(settings(config(List.of(), List.of()))).containsExactly("inside-networks", "public-addresses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"})
    void aPublicAddressIsOneThatAHostCanHave(String address) {
        assertThat(settings(config(List.of("192.168.1.0/24"), List.of(address))))
                .containsExactly("public-addresses");
    }

    static Stream<Arguments> timeouts() {
        return Stream.of(
                Arguments.of(0, 120, "udp"),
                Arguments.of(1, 7440, "tcp-established"),
                Arguments.of(2, 1, "tcp-opening"),
                Arguments.of(3, 240, "tcp-closing"),
                Arguments.of(4, 1, "tcp-reset"),
                Arguments.of(5, 60, "icmp-query"));
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void aTimeoutHasAFloorAndAnEnd(int position, long floorSeconds, String setting) {
        assertThat(settings(timeout(position, ofSeconds(floorSeconds)))).isEmpty();
        assertThat(settings(timeout(position, ofSeconds(floorSeconds).minusNanos(1))))
                .containsExactly("timeouts." + setting);
        assertThat(settings(timeout(position, ofDays(20)))).isEmpty();
        assertThat(settings(timeout(position, ofDays(20).plusNanos(1)))).containsExactly("timeouts." + setting);
        assertThat(settings(timeout(position, ofDays(Long.MAX_VALUE / 86_400)))).containsExactly("timeouts." + setting);
        assertThat(settings(timeout(position, ofSeconds(-500)))).containsExactly("timeouts." + setting);
    }

    private static NatConfig timeout(int position, java.time.Duration value) {
        var all = new java.time.Duration[] {
            Timeouts.STANDARD.udp(), Timeouts.STANDARD.tcpEstablished(), Timeouts.STANDARD.tcpOpening(),
            Timeouts.STANDARD.tcpClosing(), Timeouts.STANDARD.tcpReset(), Timeouts.STANDARD.icmpQuery()
        };
        all[position] = value;
        return GOOD.withTimeouts(Timeouts.of(all[0], all[1], all[2], all[3], all[4], all[5]));
    }

    @Test
    void aForwardLeadsFromAPublicToAnInsideEndpoint() {
        assertThat(broken(Protocol.TCP, "203.0.113.1:80", "192.168.1.10:8080")).isEmpty();
        assertThat(broken(Protocol.TCP, "203.0.113.2:80", "192.168.1.10:8080")).hasSize(1);
        assertThat(broken(Protocol.TCP, "203.0.113.1:80", "192.168.2.10:8080")).hasSize(1);
        assertThat(broken(Protocol.ICMP, "203.0.113.1:80", "192.168.1.10:8080")).hasSize(1);
        assertThat(broken(Protocol.UDP, "203.0.113.1:0", "192.168.1.10:8080")).hasSize(1);
        assertThat(broken(Protocol.UDP, "203.0.113.1:1", "192.168.1.10:65536")).hasSize(1);
    }

    private static List<ConfigProblem> broken(Protocol protocol, String outside, String inside) {
        return GOOD.problemsOf(forward(protocol, outside, inside));
    }

    @Test
    void eachEndpointIsForwardedOnce() {
        assertThat(forwards("203.0.113.1:80", "192.168.1.10:80", "203.0.113.1:80", "192.168.1.11:80"))
                .hasSize(1);
        assertThat(forwards("203.0.113.1:80", "192.168.1.10:80", "203.0.113.1:81", "192.168.1.10:80"))
                .hasSize(1);
        assertThat(forwards("203.0.113.1:80", "192.168.1.10:80", "203.0.113.1:81", "192.168.1.11:80"))
                .isEmpty();
    }

    private static List<String> forwards(String... endpoints) {
        return settings(GOOD.withForwards(List.of(
                forward(Protocol.TCP, endpoints[0], endpoints[1]), forward(Protocol.TCP, endpoints[2], endpoints[3]))));
    }

    @Test
    void forwardsLeadToNoMoreHostsThanThereMayBe() {
        NatConfig two = GOOD.withForwards(List.of(
                forward(Protocol.TCP, "203.0.113.1:80", "192.168.1.10:80"),
                forward(Protocol.TCP, "203.0.113.1:81", "192.168.1.11:80"),
                forward(Protocol.TCP, "203.0.113.1:82", "192.168.1.11:81")));
        assertThat(two.withLimits(Limits.of(9, 2, 9, 9)).problems()).isEmpty();
        assertThat(two.withLimits(Limits.of(9, 1, 9, 9)).problems())
                .singleElement()
                .hasToString("forwards: '2 inside hosts' is not allowed; up to limits.hosts");
    }

    @Test
    void tcpAndUdpAreForwardedApart() {
        assertThat(GOOD.withForwards(List.of(
                                forward(Protocol.TCP, "203.0.113.1:53", "192.168.1.10:53"),
                                forward(Protocol.UDP, "203.0.113.1:53", "192.168.1.10:53")))
                        .problems())
                .isEmpty();
    }
}
