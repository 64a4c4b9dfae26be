package io.github.culvert.gateway.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.AddressUse;
import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.config.IcmpPolicy;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.MssClamp;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.NoRoom;
import io.github.culvert.nat.config.OptionalIcmp;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.Rest;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.config.TcpPolicy;
import io.github.culvert.nat.config.Thresholds;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.config.UdpPolicy;
import io.github.culvert.nat.config.UnsolicitedSyn;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.pptp.PptpConfig;
import io.github.culvert.pptp.PptpQuirk;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting of the library can be set, in the file and on the command line. */
class CatalogueTest {
    private static final Behaviour UDP = new Behaviour(Dependence.ADDRESS_DEPENDENT, Dependence.ENDPOINT_INDEPENDENT);
    private static final Behaviour TCP =
            new Behaviour(Dependence.ADDRESS_AND_PORT_DEPENDENT, Dependence.ADDRESS_AND_PORT_DEPENDENT);

    /** A configuration in which nothing is as it is by default. */
    private static final NatConfig NAT_CHANGED = new NatConfig(
            List.of(Ipv4Prefix.parse("192.168.77.0/24"), Ipv4Prefix.parse("10.0.0.0/24")),
            List.of(Ipv4Address.parse("203.0.113.1"), Ipv4Address.parse("203.0.113.2")),
            List.of(new StaticForward(
                    Protocol.TCP, Endpoint.parse("203.0.113.1:8080"), Endpoint.parse("192.168.77.11:80"))),
            List.of(new AddressForward(Ipv4Address.parse("203.0.113.2"), Ipv4Address.parse("192.168.77.12"))),
            List.of(
                    Exemption.of(Ipv4Prefix.parse("172.16.0.0/12")),
                    new Exemption(Ipv4Prefix.parse("198.51.100.7/32"), 80, 90)),
            new Behaviours(UDP, TCP, UDP),
            new IdentifierPolicy(
                    false,
                    false,
                    Set.of(1080, 5060, 5061),
                    new Assignment.Deterministic(8192, 256),
                    Pairing.FALL_OVER,
                    new Rest(Duration.ofSeconds(150), 99, true)),
            new UdpPolicy(Map.of(53, Duration.ofSeconds(10), 123, Duration.ofSeconds(90)), true),
            new TcpPolicy(UnsolicitedSyn.SILENT, false, new MssClamp.ToMtu(), new MssClamp.To(1360)),
            new IcmpPolicy(
                    Set.of(OptionalIcmp.REDIRECT, OptionalIcmp.TIMESTAMP),
                    NoRoom.HOST_UNREACHABLE,
                    Set.of(Side.INSIDE),
                    new Rate(7, 70),
                    false,
                    Optional.of(Ipv4Address.parse("192.168.77.1"))),
            new FragmentPolicy(3 << 20, 65_537, 45, true),
            new PathPolicy(true, true, 1280, 1492),
            new Timeouts(
                    Duration.ofSeconds(121),
                    Duration.ofSeconds(7441),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(241),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(61),
                    Duration.ofSeconds(122),
                    Duration.ofSeconds(7),
                    Duration.ofDays(3)),
            Limits.of(11, 12, 13, 17)
                    .withMappings(10)
                    .withThresholds(new Thresholds(20, 5, 6, 7, 8))
                    .withUdpMappingsPerHost(14)
                    .withTcpMappingsPerHost(15)
                    .withIcmpMappingsPerHost(16)
                    .withSessionsPerMapping(18)
                    .withHeldSyns(19),
            new Rates(new Rate(21, 22), new Rate(23, 23), Rate.UNLIMITED),
            Set.of(47, 50));

    private static final GatewayConfig ALL_CHANGED = new GatewayConfig(
            NAT_CHANGED,
            List.of(AlgName.PPTP),
            new PptpConfig(
                    List.of(1723, 1724),
                    Duration.ofSeconds(31),
                    Duration.ofSeconds(121),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    4,
                    5,
                    Action.Aftermath.CUT,
                    List.of(Ipv4Prefix.parse("192.168.77.0/25")),
                    List.of(Ipv4Prefix.parse("198.51.100.0/24"), Ipv4Prefix.parse("203.0.113.9/32")),
                    AddressUse.ONE_PER_HOST,
                    Set.of(PptpQuirk.DISCONNECT_WITH_SWAPPED_PNS_ID)));

    @TempDir
    Path directory = Path.of("");

    static Stream<Setting<?>> settings() {
        return Catalogue.natSettings();
    }

    @Test
    void nothingIsAsItIsByDefault() {
        assertThat(ALL_CHANGED.problems()).isEmpty();
        assertDiffer("config", Catalogue.DEFAULTS, ALL_CHANGED);
    }

    @Test
    void everySettingCanStandInTheFile() throws IOException {
        StringBuilder text = new StringBuilder();
        Catalogue.entries().forEach(entry -> {
            boolean section = entry instanceof Section;
            text.append(section ? entry.key() + ":\n" : "");
            entry.settings().stream()
                    .filter(CatalogueTest::isOfTheNat)
                    .forEach(s ->
                            text.append(section ? "  " : "").append(s.name() + ": " + s.written(ALL_CHANGED) + "\n"));
        });
        Path file = Files.writeString(directory.resolve("nat.yaml"), text);
        assertThat(Probe.all("--config=" + file)).isEqualTo(ALL_CHANGED);
    }

    @Test
    void everySettingCanStandOnTheCommandLine() {
        String[] line = settings()
                .filter(CatalogueTest::isOfTheNat)
                .map(s -> s.isSwitch() && s.section().isEmpty()
                        ? s.option()
                        : s.option().replace(" ", "=") + "=" + s.written(ALL_CHANGED))
                .toArray(String[]::new);
        assertThat(Probe.all(line)).isEqualTo(ALL_CHANGED);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aWrongValueIsNamedAsItWasWritten(Setting<?> setting) {
        if (!setting.isSwitch() || !setting.section().isEmpty()) {
            String option = setting.option();
            assertThat(Probe.refusal(option.replace(" ", "=") + "=?"))
                    .anySatisfy(line -> assertThat(line).startsWith(option + ": '?' is not allowed; "));
        }
    }

    @Test
    void theDefaultsWrittenDownAreTheDefaults() {
        String[] line = settings()
                .filter(s -> isOfTheNat(s) && !s.section().isEmpty())
                .map(s -> s.option().replace(" ", "=") + "=" + s.written())
                .toArray(String[]::new);
        assertThat(Probe.all(with(line))).isEqualTo(Probe.all(with()));
    }

    @Test
    void aListWithinASectionGoesOnBehindACommaOrIsEmpty() {
        NatConfig config =
                Probe.config(with("--identifiers=excluded=80,90-91,parity=false", "--identifiers", "excluded=99"));
        assertThat(config.identifiers().excluded()).containsExactlyInAnyOrder(80, 90, 91, 99);
        assertThat(config.identifiers().parity()).isFalse();
        assertThat(Probe.config(with("--icmp=passes=none")).icmp().passes()).isEmpty();
    }

    @Test
    void oneValueIsForAllProtocols() {
        NatConfig config = Probe.config(with("--filter=endpoint-independent", "--mapping", "tcp=address-dependent"));
        assertThat(config.behaviours())
                .isEqualTo(Behaviours.all(Behaviour.TRANSPARENT)
                        .withTcp(Behaviour.TRANSPARENT.withMapping(Dependence.ADDRESS_DEPENDENT)));
    }

    @Test
    void aCarrierHasOtherDefaults() {
        NatConfig plain = Probe.config(with());
        assertThat(Probe.config(with("--carrier"))).isEqualTo(plain.asCarrier());
        assertThat(Probe.config(with("--carrier", "--filter=tcp=address-dependent"))
                        .behaviours())
                .isEqualTo(Behaviours.all(Behaviour.TRANSPARENT).withTcp(Behaviour.STANDARD));
    }

    @Test
    void wrongKeysOfSectionsAreNamedAllAtOnce() {
        assertThat(Probe.refusal(with("--timeouts=upd=3m,6m", "--rates=x=1", "--limits=hosts=1,hosts=2", "--udp=5s")))
                .containsExactly(
                        "--udp: '5s' is not allowed; KEY=VALUE with one of the keys short-timeouts, inbound-refresh",
                        "--timeouts: 'upd' is not allowed; did you mean 'udp'?",
                        "--timeouts: '6m' is not allowed; KEY=VALUE with one of the keys udp, tcp-established,"
                                + " tcp-opening, tcp-closing, tcp-reset, icmp-query, portless, held-syn, fragments",
                        "--limits: 'hosts' is not allowed; each key once",
                        "--rates: 'x' is not allowed; the keys of rates are sessions-per-host, sessions, mid-stream");
    }

    @Test
    void shortTransitoryTimeoutsAreWarnedOf() {
        assertThat(Cautions.of(Probe.all(with()))).isEmpty();
        assertThat(Cautions.of(Probe.all(with("--timeouts=tcp-opening=30s,tcp-reset=1s"))))
                .containsExactly(
                        "timeouts.tcp-opening: 30s is shorter than the 240 s of RFC 5382 REQ-5, as RFC 7857 section"
                                + " 2.1 allows",
                        "timeouts.tcp-reset: 1s is shorter than the 240 s of RFC 5382 REQ-5, as RFC 7857 section 2.2"
                                + " allows");
    }

    @Test
    void whoLetsPptpThroughIsToldWhatItIsWorth() {
        assertThat(Cautions.of(Probe.all(with("--enable=pptp"))))
                .singleElement()
                .asString()
                .contains("MS-CHAPv2 and MPPE are broken", "WireGuard", "IKEv2");
    }

    @Test
    void settingsOfAnAlgThatIsOffAreWarnedOf() {
        assertThat(Cautions.of(Probe.all(with("--pptp=idle=200s"))))
                .containsExactly("pptp: its settings have no effect, since enable does not name it");
        assertThat(Cautions.of(Probe.all(with("--pptp=idle=200s", "--enable=pptp"))))
                .hasSize(1);
    }

    @Test
    void anEmptyListOfNetworksIsForEverybody() {
        assertThat(Probe.all(with("--pptp=remotes=none,quirks=none", "--enable=pptp"))
                        .pptp())
                .isEqualTo(PptpConfig.STANDARD.withQuirks(Set.of()));
    }

    /** Asserts that two records differ in every part that is no record. */
    private static void assertDiffer(String name, Object one, Object other) {
        RecordComponent[] parts = one.getClass().getRecordComponents();
        if (parts == null || one.getClass() != other.getClass() || one instanceof Rate) {
            assertThat(other).as(name).isNotEqualTo(one);
            return;
        }
        for (RecordComponent part : parts) {
            assertDiffer(name + "." + part.getName(), value(part, one), value(part, other));
        }
    }

    private static Object value(RecordComponent part, Object of) {
        try {
            return part.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(part.getName(), e);
        }
    }

    /** Whether the setting says something of the NAT or an ALG alone, rather than of devices or of many settings. */
    private static boolean isOfTheNat(Setting<?> setting) {
        return !List.of("inside-tun", "outside-tun", "carrier").contains(setting.key());
    }

    private static String[] with(String... more) {
        return Stream.concat(Stream.of("--inside-net=192.168.77.0/24", "--public=203.0.113.1"), Stream.of(more))
                .toArray(String[]::new);
    }
}
