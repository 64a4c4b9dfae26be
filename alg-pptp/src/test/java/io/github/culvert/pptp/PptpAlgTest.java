package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.culvert.nat.alg.Action.Aftermath;
import io.github.culvert.nat.alg.AddressUse;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Notice;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.pptp.PptpConfig.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine is told, and what the ALG is told. */
class PptpAlgTest {
    private static Scope.Channel channel(int port, String inside, String remote) {
        return new Scope.Channel(
                new Control(Protocol.TCP, port),
                Endpoint.parse(inside + ":50000"),
                Endpoint.parse("203.0.113.1:40000"),
                Endpoint.parse(remote + ":" + port),
                Direction.OUTBOUND);
    }

    @Test
    void theDefaults() {
        PptpAlg alg = PptpAlg.standard();
        assertThat(alg.name()).isEqualTo("pptp");
        assertThat(alg.controls()).containsExactly(new Control(Protocol.TCP, 1723));
        assertThat(alg.terms()).isEqualTo(new Terms(Duration.ofSeconds(300), Duration.ofSeconds(60), 64));
        assertThat(PptpConfig.STANDARD.problems()).isEmpty();
        assertThat(PptpConfig.STANDARD.expected()).isEqualTo(Duration.ofSeconds(60));
        assertThat(PptpConfig.STANDARD.callsPerConnection()).isEqualTo(16);
        assertThat(PptpConfig.STANDARD.quirks()).containsExactlyInAnyOrder(PptpQuirk.values());
    }

    @Test
    void eachSettingCanBeChangedAlone() {
        PptpConfig config = PptpConfig.STANDARD
                .withControlPorts(List.of(1723, 1724))
                .withExpected(Duration.ofSeconds(31))
                .withIdle(Duration.ofSeconds(121))
                .withRest(Duration.ofSeconds(1))
                .withLinger(Duration.ofSeconds(2))
                .withCallsPerConnection(3)
                .withCallsPerHost(4)
                .withOnDesync(Aftermath.CUT)
                .withInsideNetworks(List.of(Ipv4Prefix.parse("192.168.1.0/24")))
                .withRemotes(List.of(Ipv4Prefix.parse("198.51.100.7")))
                .withAddressUse(AddressUse.ONE_PER_HOST)
                .withQuirks(Set.of());
        assertThat(config)
                .isEqualTo(new PptpConfig(
                        List.of(1723, 1724),
                        Duration.ofSeconds(31),
                        Duration.ofSeconds(121),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        3,
                        4,
                        Aftermath.CUT,
                        List.of(Ipv4Prefix.parse("192.168.1.0/24")),
                        List.of(Ipv4Prefix.parse("198.51.100.7")),
                        AddressUse.ONE_PER_HOST,
                        Set.of()));
        assertThat(PptpAlg.of(config).addressUse()).isEqualTo(AddressUse.ONE_PER_HOST);
        assertThat(config.problems()).isEmpty();
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        PptpConfig config = PptpConfig.STANDARD
                .withControlPorts(List.of(0, 1723, 1723))
                .withExpected(Duration.ofSeconds(29))
                .withIdle(Duration.ofSeconds(119))
                .withRest(Duration.ofSeconds(-1))
                .withLinger(Duration.ofDays(21))
                .withCallsPerConnection(0)
                .withCallsPerHost(65_535);
        assertThat(config.problems())
                .containsExactly(
                        new Problem("control-ports", "0", "1 to 65535"),
                        new Problem("control-ports", "1723", "each port once"),
                        new Problem("expected", "PT29S", "30 s to 20 days"),
                        new Problem("idle", "PT1M59S", "120 s to 20 days"),
                        new Problem("rest", "PT-1S", "0 s to 20 days"),
                        new Problem("linger", "PT504H", "0 s to 20 days"),
                        new Problem("calls-per-connection", "0", "1 to 256"),
                        new Problem("calls-per-host", "65535", "1 to 65534"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PptpAlg.of(config))
                .withMessageContaining("idle: 'PT1M59S' is not allowed; 120 s to 20 days\nrest: ");
        assertThat(PptpConfig.STANDARD.withControlPorts(List.of()).problems()).hasSize(1);
    }

    @Test
    void onlyWhatIsCoveredIsFollowed() {
        PptpAlg alg = PptpAlg.of(PptpConfig.STANDARD
                .withInsideNetworks(List.of(Ipv4Prefix.parse("192.168.1.0/24"), Ipv4Prefix.parse("10.0.0.0/8")))
                .withRemotes(List.of(Ipv4Prefix.parse("198.51.100.0/24"))));
        assertThat(alg.follow(channel(1723, "192.168.1.10", "198.51.100.7"))).isPresent();
        assertThat(alg.follow(channel(1723, "10.1.1.1", "198.51.100.7"))).isPresent();
        assertThat(alg.follow(channel(1723, "192.168.2.10", "198.51.100.7"))).isEmpty();
        assertThat(alg.follow(channel(1723, "192.168.1.10", "198.51.101.7"))).isEmpty();
        assertThat(alg.follow(channel(1724, "192.168.1.10", "198.51.100.7"))).isEmpty();
        assertThat(alg.follow(pair())).isEmpty();
    }

    private static Scope.Pair pair() {
        return new Scope.Pair(47, Ipv4Address.parse("203.0.113.1"), Ipv4Address.parse("198.51.100.7"));
    }

    @ParameterizedTest
    @EnumSource
    void theNamesOfNoticesBeginWithTheAlg(PptpNotice notice) {
        assertThat(((Notice) notice).name()).matches("PPTP_[A-Z0-9_]+");
    }

    @Property
    void whatNobodySavedIsRefused(@ForAll @Size(max = 200) byte[] bytes) {
        Scope.Channel scope = channel(1723, "192.168.1.10", "198.51.100.7");
        assertThatIllegalArgumentException().isThrownBy(() -> PptpAlg.standard().restore(scope, Octets.of(bytes)));
    }

    @Test
    void savedBytesMustBeWholeAndRight() {
        Dialogue dialogue = Dialogue.dialledFromInside().started();
        dialogue.inside(Messages.outgoingRequest(7));
        dialogue.inside(Messages.outgoingRequest(8).slice(0, 14));
        Octets saved = dialogue.channel.tracker().save();
        PptpAlg alg = PptpAlg.standard();
        Scope scope = dialogue.channel.scope;
        assertThat(alg.restore(scope, saved).save()).isEqualTo(saved);
        for (int length = 0; length < saved.length(); length++) {
            Octets cut = saved.slice(0, length);
            assertThatIllegalArgumentException().isThrownBy(() -> alg.restore(scope, cut));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> alg.restore(scope, saved.then(Octets.of((byte) 0))));
        assertThatIllegalArgumentException().isThrownBy(() -> alg.restore(pair(), saved));
    }

    /** Whatever a damaged state holds, it is refused, or the tracker goes on without failing. */
    @Test
    void aDamagedStateDoesNoHarm() {
        Dialogue dialogue = Dialogue.dialledFromInside().started();
        dialogue.inside(Messages.outgoingRequest(7));
        dialogue.inside(Messages.outgoingRequest(8).slice(0, 14));
        Octets saved = dialogue.channel.tracker().save();
        for (int at = 0; at < saved.length(); at++) {
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                Octets damaged = Messages.put(saved, at, value);
                try {
                    PptpAlg.standard()
                            .restore(dialogue.channel.scope, damaged)
                            .onStream(Direction.OUTBOUND, 324, Messages.outgoingRequest(8), dialogue.channel);
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessageStartingWith("th");
                }
            }
        }
    }
}
