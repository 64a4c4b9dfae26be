package io.github.culvert.gateway.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatOptionsTest {
    private static final String[] LEAST = {"--inside-net", "192.168.77.0/24", "--public", "203.0.113.1"};

    @Test
    void theLeastGivesEveryDefault() {
        assertThat(Probe.config(LEAST))
                .isEqualTo(NatConfig.of(
                        List.of(Ipv4Prefix.parse("192.168.77.0/24")), List.of(Ipv4Address.parse("203.0.113.1"))));
    }

    @Test
    void listsTakeCommasAndRepetition() {
        NatConfig config = Probe.config(
                "--inside-net",
                "10.0.0.0/8, 192.168.0.0/16",
                "--inside-net=172.16.0.0/12",
                "--public",
                "203.0.113.1,203.0.113.2");
        assertThat(config.insideNetworks())
                .extracting(Ipv4Prefix::toString)
                .containsExactly("10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12");
        assertThat(config.publicAddresses())
                .extracting(Ipv4Address::toString)
                .containsExactly("203.0.113.1", "203.0.113.2");
    }

    @Test
    void aForwardWithoutAddressMeansTheFirstPublicOne() {
        NatConfig config = Probe.config(
                "--inside-net=192.168.77.0/24",
                "--public=203.0.113.1,203.0.113.2",
                "--forward=tcp:8080=192.168.77.11:80",
                "--forward=udp:203.0.113.2:53=192.168.77.12:5353");
        assertThat(config.forwards())
                .extracting(StaticForward::toString)
                .containsExactly("tcp:203.0.113.1:8080=192.168.77.11:80", "udp:203.0.113.2:53=192.168.77.12:5353");
    }

    @Test
    void switchesAndMtu() {
        NatConfig config = Probe.config(with("--ttl", "--mtu=1492"));
        assertThat(config.path().hop()).isTrue();
        assertThat(config.path().outsideMtu()).isEqualTo(1492);
        assertThat(Probe.config(with("--no-ttl")).path().hop()).isFalse();
    }

    @Test
    void nothingAtAllNamesBothMissingSettings() {
        assertThat(Probe.refusal())
                .containsExactly(
                        "--inside-net is missing: at least one network, such as 10.0.0.0/8",
                        "--public is missing: at least one address");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --mtu=x           | --mtu: 'x' is not allowed; a whole number of up to nine digits
            --mtu=-1          | --mtu: '-1' is not allowed; a whole number of up to nine digits
            --mtu=67          | --mtu: '67' is not allowed; 68 to 65535 bytes
            --mtu=65536       | --mtu: '65536' is not allowed; 68 to 65535 bytes
            --enable=sip      | --enable: 'sip' is not allowed; one of pptp
            --pptp=idle=60s   | --pptp idle: '60s' is not allowed; 120 s to 20 days
            --pptp=control-ports=none | --pptp control-ports: '[]' is not allowed; one port to 16 ports
            --pptp=control-ports=0 | --pptp control-ports: '0' is not allowed; 1 to 65535
            --forward=tcp     | --forward: 'tcp' is not allowed; tcp or udp, a public port and an inside endpoint,\
             such as tcp:8080=192.168.77.11:80 or udp:203.0.113.2:53=192.168.77.12:53
            --forward=icmp:1=192.168.77.11:1 | --forward: 'icmp:1=192.168.77.11:1' is not allowed; tcp or udp,\
             a public port and an inside endpoint, such as tcp:8080=192.168.77.11:80 or\
             udp:203.0.113.2:53=192.168.77.12:53
            --forward=tcp:203.0.113.9.9:80=192.168.77.11:80 | --forward: 'tcp:203.0.113.9.9:80=192.168.77.11:80' is\
             not allowed; tcp or udp, a public port and an inside endpoint, such as tcp:8080=192.168.77.11:80 or\
             udp:203.0.113.2:53=192.168.77.12:53
            --forward=tcp:80=10.0.0.1:80 | --forward: 'tcp:80=10.0.0.1:80' is not allowed; an inside address within\
             the inside networks
            --forward=tcp:203.0.113.9:80=192.168.77.11:80 | --forward: 'tcp:203.0.113.9:80=192.168.77.11:80' is not\
             allowed; a public address of this NAT
            --forward=tcp:0=192.168.77.11:80 | --forward: 'tcp:0=192.168.77.11:80' is not allowed; identifiers of\
             1 to 65535
            --public=203.0.113 | --public: '203.0.113' is not allowed; an IPv4 address such as 203.0.113.1
            --public=224.0.0.1 | --public: '224.0.0.1' is not allowed; a unicast address that a host can have
            --public=203.0.113.1 | --public: '203.0.113.1' is not allowed; each address once
            --inside-net=10.1.0.0/33 | --inside-net: '10.1.0.0/33' is not allowed; a network such as 192.168.77.0/24
            --inside-net=10.1.2.3/8 | --inside-net: '10.1.2.3/8' is not allowed; a network such as 192.168.77.0/24;\
             did you mean 10.0.0.0/8?
            --inside-net=10.300.0.1/8 | --inside-net: '10.300.0.1/8' is not allowed; a network such as 192.168.77.0/24
            """)
    void aWrongValueIsNamedWithWhatIsAllowed(String option, String line) {
        assertThat(Probe.refusal(with(option))).containsExactly(line);
    }

    @Test
    void aPublicAddressWithinTheInsideIsRefused() {
        assertThat(Probe.refusal("--inside-net=203.0.113.0/24", "--public=203.0.113.1"))
                .containsExactly("--public: '203.0.113.1' is not allowed; an address outside of the inside network"
                        + " 203.0.113.0/24 (RFC 4787 REQ-7)");
    }

    @Test
    void anEmptyPartOfAListIsReported() {
        assertThat(Probe.refusal("--inside-net=192.168.77.0/24,", "--public=203.0.113.1"))
                .containsExactly("--inside-net is missing: a network such as 192.168.77.0/24");
    }

    @Test
    void allProblemsComeAtOnce() {
        assertThat(Probe.refusal(
                        "--public=1.2.3,203.0.113.1,203.0.113.1",
                        "--inside-net=10.1.1.1/8",
                        "--mtu=9",
                        "--forward=tcp:80=10.0.0.1:80",
                        "--enable=sip"))
                .containsExactly(
                        "--inside-net: '10.1.1.1/8' is not allowed; a network such as 192.168.77.0/24; did you mean"
                                + " 10.0.0.0/8?",
                        "--public: '1.2.3' is not allowed; an IPv4 address such as 203.0.113.1",
                        "--enable: 'sip' is not allowed; one of pptp",
                        "--public: '203.0.113.1' is not allowed; each address once",
                        "--mtu: '9' is not allowed; 68 to 65535 bytes");
    }

    @Test
    void timeoutsAndLimitsKeepTheirDefaults() {
        NatConfig config = Probe.config(LEAST);
        assertThat(config.timeouts()).isEqualTo(Timeouts.STANDARD);
        assertThat(config.limits()).isEqualTo(Limits.STANDARD);
    }

    private static String[] with(String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(LEAST));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }
}
