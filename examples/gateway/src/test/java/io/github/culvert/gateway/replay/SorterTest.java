package io.github.culvert.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.capture.CaptureFormat;
import io.github.culvert.gateway.capture.CaptureReader;
import io.github.culvert.gateway.capture.CaptureWriter;
import io.github.culvert.gateway.capture.LinkType;
import io.github.culvert.gateway.report.Bystander;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SorterTest {
    private static final String IN = "192.168.1.10:5";
    private static final String IN_TOO = "10.9.9.9:5";
    private static final String OUT = "198.51.100.7:5";
    private static final String OUT_TOO = "198.51.100.8:5";

    private final List<Bystander> bystanders = new ArrayList<>();

    private Optional<Direction> sort(LinkType link, byte... bytes) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(file, CaptureFormat.PCAP, link)) {
            writer.write(0, bytes.length, bytes);
        }
        Sorter sorter = new Sorter(
                NatConfig.of(
                        List.of(Ipv4Prefix.parse("192.168.1.0/24"), Ipv4Prefix.parse("10.0.0.0/8")),
                        List.of(Ipv4Address.parse(Packets.EXT1))),
                bystanders::add);
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()))) {
            return sorter.sort(reader.next().orElseThrow()).map(Recorded::direction);
        }
    }

    @Test
    void oneAddressInsideTellsTheDirection() throws IOException {
        assertThat(sort(LinkType.RAW, Packets.udp(IN, OUT, ""))).contains(Direction.OUTBOUND);
        assertThat(sort(LinkType.RAW, Packets.udp(IN_TOO, OUT, ""))).contains(Direction.OUTBOUND);
        assertThat(sort(LinkType.RAW, Packets.udp(OUT, IN, ""))).contains(Direction.INBOUND);
        assertThat(bystanders).isEmpty();
    }

    @Test
    void everythingElseIsNotForTheNat() throws IOException {
        byte[] udp = Packets.udp(IN, OUT, "");
        byte[] version5 = udp.clone();
        version5[0] = 0x55;
        assertThat(sort(LinkType.RAW, Packets.udp(IN, IN_TOO, ""))).isEmpty();
        assertThat(sort(LinkType.RAW, Packets.udp(OUT, OUT_TOO, ""))).isEmpty();
        assertThat(sort(LinkType.RAW, (byte) 0x60)).isEmpty();
        assertThat(sort(LinkType.ETHERNET, Packets.hex("020000000001 020000000002 0806 00")))
                .isEmpty();
        assertThat(sort(LinkType.NULL, concat(Packets.hex("02000000"), version5)))
                .isEmpty();
        assertThat(sort(LinkType.RAW, Arrays.copyOf(udp, 19))).isEmpty();
        assertThat(sort(LinkType.ETHERNET, (byte) 2)).isEmpty();
        assertThat(bystanders)
                .containsExactly(
                        Bystander.BOTH_INSIDE,
                        Bystander.NONE_INSIDE,
                        Bystander.IPV6,
                        Bystander.NOT_IP,
                        Bystander.NO_IPV4_HEADER,
                        Bystander.NO_IPV4_HEADER,
                        Bystander.CUT_IN_LINK);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
