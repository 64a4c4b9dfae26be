package io.github.culvert.gateway.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String LEAST = "inside-net: 192.168.77.0/24\npublic: 203.0.113.1\n";

    private static final String KEYS = "the keys are inside-tun, outside-tun, inside-net, public, forward,"
            + " address-forward, no-nat, portless, carrier, mapping, filter, identifiers, enable, pptp, udp, tcp, icmp,"
            + " mtu, inside-mtu, ttl, source-routes, fragments, timeouts, limits, thresholds, rates";

    @TempDir
    Path directory = Path.of("");

    @Test
    void everythingCanStandInTheFile() throws IOException {
        NatConfig config = config("""
                # the devices are read by the command run
                inside-tun: natlan
                outside-tun: natwan
                inside-net: [192.168.77.0/24, 10.0.0.0/8]
                public: 203.0.113.1, 203.0.113.2
                forward:
                  - tcp:8080=192.168.77.11:80
                  - "udp:203.0.113.2:53=192.168.77.12:53"
                enable: []
                mtu: 1492
                ttl: true
                source-routes: true
                timeouts:
                  udp: 2m
                  tcp-established: 2h4m
                  tcp-opening: 30s
                  tcp-closing: 1d
                  tcp-reset: 1m30s
                  icmp-query: 60s
                limits:
                  sessions: 2000
                  hosts: 20
                  mappings-per-host: 30
                  sessions-per-host: 40
                """);
        assertThat(config.insideNetworks())
                .extracting(Ipv4Prefix::toString)
                .containsExactly("192.168.77.0/24", "10.0.0.0/8");
        assertThat(config.publicAddresses()).hasToString("[203.0.113.1, 203.0.113.2]");
        assertThat(config.forwards())
                .extracting(StaticForward::toString)
                .containsExactly("tcp:203.0.113.1:8080=192.168.77.11:80", "udp:203.0.113.2:53=192.168.77.12:53");
        assertThat(config.path().outsideMtu()).isEqualTo(1492);
        assertThat(config.path().hop()).isTrue();
        assertThat(config.path().sourceRoutes()).isTrue();
        assertThat(config.timeouts())
                .isEqualTo(Timeouts.of(
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(124),
                        Duration.ofSeconds(30),
                        Duration.ofDays(1),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(60)));
        assertThat(config.limits()).isEqualTo(Limits.of(2000, 20, 30, 40));
    }

    @Test
    void theCommandLineWinsSettingBySetting() throws IOException {
        String text = LEAST + "mtu: 1400\nttl: true\nforward: [tcp:1=192.168.77.1:1, tcp:2=192.168.77.2:2]\n";
        NatConfig config = config(text, "--no-ttl", "--public=198.51.100.7", "--forward=tcp:8080=192.168.77.11:80");
        assertThat(config.path().hop()).isFalse();
        assertThat(config.path().outsideMtu()).isEqualTo(1400);
        assertThat(config.publicAddresses()).hasToString("[198.51.100.7]");
        assertThat(config.forwards()).hasToString("[tcp:198.51.100.7:8080=192.168.77.11:80]");
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        assertThat(config("# nothing\n", "--inside-net=10.0.0.0/8", "--public=203.0.113.1"))
                .isEqualTo(Probe.config("--inside-net=10.0.0.0/8", "--public=203.0.113.1"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            mtu: x              | mtu (line 3 of nat.yaml): 'x' is not allowed; a whole number of up to nine digits
            mtu: 67             | mtu (line 3 of nat.yaml): '67' is not allowed; 68 to 65535 bytes
            mtu:                | mtu (line 3 of nat.yaml) is missing: a whole number of up to nine digits
            mtu: [1, 2]         | mtu (line 3 of nat.yaml): 'a list' is not allowed; one value
            mtu: {a: 1}         | mtu (line 3 of nat.yaml): 'a mapping' is not allowed; one value
            ttl: yes            | ttl (line 3 of nat.yaml): 'yes' is not allowed; true or false
            source-routes: 1    | source-routes (line 3 of nat.yaml): '1' is not allowed; true or false
            enable: [sip]       | enable (line 3 of nat.yaml): 'sip' is not allowed; one of pptp
            forward: {tcp: 80}  | forward (line 3 of nat.yaml): 'a mapping' is not allowed; one value or a list of\
             values
            forward: [[x]]      | forward (line 3 of nat.yaml): 'a list' is not allowed; one value or a list of values
            timeouts: 3m        | timeouts (line 3 of nat.yaml): '3m' is not allowed; a mapping with some of the keys\
             udp, tcp-established, tcp-opening, tcp-closing, tcp-reset, icmp-query, portless, held-syn, fragments
            timeouts: {udp: 300} | timeouts.udp (line 3 of nat.yaml): '300' is not allowed; a time with its units,\
             such as 300s, 5m or 2h4m
            timeouts: {udp: 5s} | timeouts.udp (line 3 of nat.yaml): '5s' is not allowed; 120 s to 20 days (RFC 4787\
             REQ-5)
            limits: {hosts: 0}  | limits.hosts (line 3 of nat.yaml): '0' is not allowed; 1 to 8000000
            mtuu: 1             | line 3 of nat.yaml: 'mtuu' is not allowed; did you mean 'mtu'?
            timeouts: {upd: 1m} | timeouts (line 3 of nat.yaml): 'upd' is not allowed; did you mean 'udp'?
            filter: all         | filter (line 3 of nat.yaml): 'all' is not allowed; one of endpoint-independent,\
             address-dependent, address-and-port-dependent
            filter: [all]       | filter (line 3 of nat.yaml): 'a list' is not allowed; a mapping with some of the keys\
             udp, tcp, icmp
            udp: {short-timeouts: 53=5s} | udp.short-timeouts (line 3 of nat.yaml): '53=5s' is not allowed; a remote\
             port of 1 to 1023 and a time, such as 53:10s
            udp: {short-timeouts: [80:5s, 53:0s]} | udp.short-timeouts (line 3 of nat.yaml): '53:0s' is not allowed;\
             1 s to 20 days (RFC 4787 REQ-5a)
            tcp: {mss-from-inside: 7} | tcp.mss-from-inside (line 3 of nat.yaml): '7' is not allowed; 28 to 65495
            icmp: {answers: host}    | icmp.answers (line 3 of nat.yaml): 'host' is not allowed; one of inside, outside
            icmp: {answer-rate: 0:5} | icmp.answer-rate (line 3 of nat.yaml): '0:5' is not allowed; 1 to 100000000
            identifiers: {excluded: [8-7]} | identifiers.excluded (line 3 of nat.yaml): '8-7' is not allowed; a port of\
             0 to 65535, or a range such as 5060-5070
            identifiers: {assignment: 'blocks:100'} | identifiers.assignment (line 3 of nat.yaml): 'blocks:100' is not\
             allowed; a power of two, 64 to 16384
            fragments: {bytes: 4K} | fragments.bytes (line 3 of nat.yaml): '4K' is not allowed; 65536 to 1073741824
            time-outs: {udp: 1m} | line 3 of nat.yaml: 'time-outs' is not allowed; did you mean 'timeouts'?
            public: 203.0.113.2 | line 3 of nat.yaml: 'public' is not allowed; each key once
            [a]: b              | line 3 of nat.yaml: 'a list' is not allowed; KEYS
            telephone: 1        | line 3 of nat.yaml: 'telephone' is not allowed; KEYS
            """)
    void aWrongLineIsNamed(String line, String problem) throws IOException {
        assertThat(refusal(LEAST + line + "\n")).containsExactly(problem.replace("KEYS", KEYS));
    }

    @Test
    void aBrokenListIsNotCalledMissing() throws IOException {
        assertThat(refusal("inside-net: {a: b}\npublic:\n  - 203.0.113.1\n  - [203.0.113.2]\n"))
                .containsExactly(
                        "inside-net (line 1 of nat.yaml): 'a mapping' is not allowed; one value or a list of values",
                        "public (line 4 of nat.yaml): 'a list' is not allowed; one value or a list of values");
    }

    @Test
    void problemsOfFileAndCommandLineComeTogether() throws IOException {
        assertThat(refusal(LEAST + "mtuu: 1\ntimeouts:\n  tcp-reset: 0s\n", "--mtu=1"))
                .containsExactly(
                        "line 3 of nat.yaml: 'mtuu' is not allowed; did you mean 'mtu'?",
                        "timeouts.tcp-reset (line 5 of nat.yaml): '0s' is not allowed; 1 s to 20 days (RFC 7857"
                                + " section 2.2)",
                        "--mtu: '1' is not allowed; 68 to 65535 bytes");
    }

    @Test
    void whatIsNoYamlIsTheOnlyProblem() throws IOException {
        assertThat(refusal("mtu: 1\n  public: [\n"))
                .containsExactly(
                        "line 2 of nat.yaml: 'public: [' is not allowed; YAML: mapping values are not allowed here");
        assertThat(refusal("mtu: 1400\n--- \nmtu: 1500\n"))
                .containsExactly("line 2 of nat.yaml: '---' is not allowed; YAML: but found another document");
        assertThat(refusal("mtu: [1400\n"))
                .containsExactly("line 2 of nat.yaml: 'the end' is not allowed; YAML: expected ',' or ']', but got"
                        + " <stream end>");
    }

    @Test
    void aRootThatIsNoMappingIsRefused() throws IOException {
        assertThat(refusal("- mtu\n"))
                .contains("line 1 of nat.yaml: 'a list' is not allowed; settings, one a line, such as 'mtu: 1500'");
    }

    @Test
    void aFileThatCannotBeReadIsTheOnlyProblem() throws IOException {
        String missing = directory.resolve("missing.yaml").toString();
        assertThat(Probe.refusal("--config", missing))
                .containsExactly(
                        "--config: '" + missing + "' is not allowed; a file that can be read: this one does not exist");
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe4});
        assertThat(Probe.refusal("--config", latin.toString()))
                .containsExactly("--config: '" + latin
                        + "' is not allowed; a file that can be read: this one is not UTF-8 text");
    }

    private NatConfig config(String text, String... args) throws IOException {
        return Probe.config(withFile(text, args));
    }

    private List<String> refusal(String text, String... args) throws IOException {
        return Probe.refusal(withFile(text, args));
    }

    private String[] withFile(String text, String... args) throws IOException {
        Path file = Files.writeString(directory.resolve("nat.yaml"), text);
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--config=" + file);
        return all.toArray(String[]::new);
    }
}
