package io.github.culvert.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.capture.CaptureException;
import io.github.culvert.gateway.capture.CaptureFormat;
import io.github.culvert.gateway.capture.CaptureReader;
import io.github.culvert.gateway.capture.CaptureWriter;
import io.github.culvert.gateway.capture.LinkType;
import io.github.culvert.gateway.options.GatewayConfig;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.ReplayResult;
import io.github.culvert.gateway.report.Tally;
import io.github.culvert.gateway.report.Verdict;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every recording. */
class ReplayPropertiesTest {
    private static final long SECOND = 1_000_000_000;
    private static final String[] REMOTES = {"198.51.100.7:53", "198.51.100.7:80", "198.51.100.8:53"};

    private final List<Finding> findings = new ArrayList<>();

    /** A question of an inside host and the answer to it. */
    record Exchange(int host, int port, int remote, int protocol) {
        byte[] question() {
            return packet("192.168.77." + host + ":" + port, REMOTES[remote], 2, 8);
        }

        byte[] answer() {
            return packet(REMOTES[remote], "192.168.77." + host + ":" + port, 0x12, 0);
        }

        private byte[] packet(String from, String to, int flags, int icmpType) {
            return switch (protocol) {
                case 6 -> Packets.tcp(from, to, flags, "");
                case 17 -> Packets.udp(from, to, "616263");
                default -> Packets.icmp(address(from), address(to), icmpType, port << 16);
            };
        }

        private static String address(String endpoint) {
            return endpoint.substring(0, endpoint.indexOf(':'));
        }
    }

    @Provide
    Arbitrary<Exchange> exchanges() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(500, 4500, 40_000, 40_001, 65_535),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(1, 6, 17))
                .as(Exchange::new);
    }

    @Property(tries = 100)
    void whatInsideHostsBeginComesOutAsRecorded(
            @ForAll @Size(max = 40) List<@net.jqwik.api.From("exchanges") Exchange> exchanges) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(file, CaptureFormat.PCAP, LinkType.RAW)) {
            for (int i = 0; i < exchanges.size(); i++) {
                byte[] question = exchanges.get(i).question();
                byte[] answer = exchanges.get(i).answer();
                writer.write(i * SECOND, question.length, question);
                writer.write(i * SECOND + 7, answer.length, answer);
            }
        }

        ReplayResult result = replay(file.toByteArray());

        assertThat(findings).isEmpty();
        assertThat(result.tally().verdict()).isEqualTo(Verdict.AS_RECORDED);
        assertThat(result.tally().packetsAsRecorded()).isEqualTo(exchanges.size() * 2L);
    }

    @Property(tries = 300)
    void damageIsCountedAndExplained(
            @ForAll @IntRange(max = 4) int which, @ForAll @Size(max = 60) List<@IntRange(max = 1 << 20) Integer> where)
            throws IOException {
        byte[] file = demo(which);
        where.forEach(at -> file[at % file.length] ^= (byte) (1 + at * 31 % 255));
        ReplayResult result;
        try {
            result = replay(file);
        } catch (CaptureException e) {
            assertThat(e.fault().position()).isBetween(0L, (long) file.length);
            return;
        }
        Tally tally = result.tally();
        assertThat(findings)
                .filteredOn(f -> f.kind().verdict() == Verdict.WRONG)
                .isEmpty();
        assertThat(tally.verdict()).isNotEqualTo(Verdict.WRONG);
        long bystanders = tally.bystanders().values().stream().mapToLong(n -> n).sum();
        long offered = tally.offered(Direction.OUTBOUND) + tally.offered(Direction.INBOUND);
        assertThat(bystanders + offered).isEqualTo(tally.packets());
        assertThat(tally.packetsAsRecorded() + findings.size()).isEqualTo(offered);
    }

    private static byte[] demo(int which) throws IOException {
        String[] files = {
            "equal-ports.pcap", "wireguard.pcap", "openvpn-udp.pcap", "openvpn-tcp.pcap", "ikev2-natt.pcapng"
        };
        String name = "/io/github/culvert/gateway/demo/" + files[which];
        try (InputStream stream = Objects.requireNonNull(ReplayPropertiesTest.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        }
    }

    private ReplayResult replay(byte[] file) throws IOException {
        findings.clear();
        NatConfig config =
                NatConfig.of(List.of(Ipv4Prefix.parse("192.168.77.0/24")), List.of(Ipv4Address.parse("203.0.113.1")));
        Replay.Listener listener = new Replay.Listener() {
            @Override
            public void found(Finding finding) {
                findings.add(finding);
            }

            @Override
            public void read(long bytes) {
                assertThat(bytes).isBetween(0L, (long) file.length);
            }
        };
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file))) {
            return Replay.withoutFiles(GatewayConfig.of(config), listener).run("test", reader);
        }
    }
}
