package io.github.culvert.gateway.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.MssClamp;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.pptp.PptpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says of the settings. */
class ReadmeTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void theFileShownDoesWhatIsSaidOfIt() throws IOException {
        Path file = Files.writeString(directory.resolve("nat.yaml"), example());
        NatConfig standard = NatConfig.of(
                List.of(Ipv4Prefix.parse("192.168.77.0/24"), Ipv4Prefix.parse("10.0.0.0/8")),
                List.of(Ipv4Address.parse("203.0.113.1"), Ipv4Address.parse("203.0.113.2")));
        GatewayConfig read = Probe.all("--config=" + file);
        assertThat(read.enabled()).containsExactly(AlgName.PPTP);
        assertThat(read.pptp())
                .isEqualTo(PptpConfig.STANDARD.withRemotes(List.of(Ipv4Prefix.parse("198.51.100.0/24"))));
        assertThat(read.nat())
                .isEqualTo(standard.withForwards(List.of(
                                forward(Protocol.TCP, "203.0.113.1:8080", "192.168.77.11:80"),
                                forward(Protocol.UDP, "203.0.113.2:53", "192.168.77.12:53")))
                        .withPath(standard.path().withOutsideMtu(1500))
                        .withBehaviours(standard.behaviours().withUdp(Behaviour.TRANSPARENT))
                        .withTcp(standard.tcp().withMssFromInside(new MssClamp.ToMtu()))
                        .withTimeouts(standard.timeouts().withUdp(Duration.ofMinutes(3)))
                        .withLimits(standard.limits().withSessionsPerHost(8192)));
    }

    private static StaticForward forward(Protocol protocol, String outside, String inside) {
        return new StaticForward(protocol, Endpoint.parse(outside), Endpoint.parse(inside));
    }

    private static String example() throws IOException {
        return Files.readString(Path.of("README.md"))
                .lines()
                .dropWhile(line -> !line.equals("```yaml"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .collect(Collectors.joining("\n"));
    }
}
