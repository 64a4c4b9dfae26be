package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.echo;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.IcmpPolicy;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.packet.GoldenPacket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ICMP errors as bytes, before and after the NAT: the file {@code golden-errors.txt} beside the golden packets. */
class GoldenErrorTest {
    private final NatBed bed = NatBed.of(config(EXT1).withIcmp(IcmpPolicy.STANDARD.withCheckSequence(false)));

    /** All that the NAT can give away is identifier 40000. */
    @BeforeEach
    void openTheFlows() {
        for (Protocol protocol : Protocol.values()) {
            bed.table().reserveForHost(protocol, EXT1, 0, 39_999);
            bed.table().reserveForHost(protocol, EXT1, 40_001, 65_535);
        }
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromInside(tcp(IN1, 5000, OUT1, 80, SYN));
        bed.fromInside(echo(IN1, OUT1, 5000));
    }

    private static Map<String, Octets> packets() throws IOException {
        try (InputStream file = GoldenPacket.class.getResourceAsStream("golden-errors.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n\\["))
                    .skip(1)
                    .collect(Collectors.toMap(
                            part -> part.split("]")[0], part -> GoldenPacket.annotated(part.split("\n", 2)[1])));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UDP_FROM_OUTSIDE, OUTSIDE",
        "UDP_FROM_INSIDE, INSIDE",
        "UDP_WITHOUT_CHECKSUM, OUTSIDE",
        "TCP_CUT_TOO_BIG, OUTSIDE",
        "TCP_FROM_A_ROUTER_INSIDE, INSIDE",
        "PING, OUTSIDE",
        "WITH_EXTENSIONS, OUTSIDE"
    })
    void comesOutAsWritten(String name, Side from) throws IOException {
        Map<String, Octets> packets = packets();
        assertThat(bed.send(from, packets.get(name + "_BEFORE"), ChecksumStatus.VERIFY)
                        .octets())
                .isEqualTo(packets.get(name + "_AFTER"));
    }
}
