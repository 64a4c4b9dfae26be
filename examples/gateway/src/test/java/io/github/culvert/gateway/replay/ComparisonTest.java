package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final byte[] UDP = Packets.udp(OUT1 + ":53", IN1 + ":5000", "61626364");
    private static final byte[] TCP = Packets.tcp(OUT1 + ":80", IN1 + ":5000", 0x10, "61626364");

    private static Optional<String> difference(byte[] expected, byte[] actual) {
        return Comparison.difference(new Datagram(expected), new Datagram(actual));
    }

    @Test
    void theSameIsTheSame() {
        assertThat(difference(UDP, UDP)).isEmpty();
        assertThat(difference(TCP, TCP)).isEmpty();
    }

    @Test
    void everyByteCountsButTimeToLiveAndHeaderChecksum() {
        for (int i = 0; i < TCP.length; i++) {
            byte[] changed = TCP.clone();
            changed[i] ^= 1;
            boolean mayDiffer = i == 8 || i == 10 || i == 11;
            assertThat(difference(TCP, withHeaderChecksum(changed)).isEmpty())
                    .as("byte %d", i)
                    .isEqualTo(mayDiffer);
        }
    }

    private static byte[] withHeaderChecksum(byte[] packet) {
        return Packets.with(packet, 0, ((packet[0] & 0xff) << 8) | (packet[1] & 0xff));
    }

    @Test
    void aWrongHeaderChecksumIsWrongAlsoWhereItWasWrongBefore() {
        byte[] wrong = UDP.clone();
        wrong[11] ^= 1;
        assertThat(difference(UDP, wrong)).contains("its IPv4 header checksum is wrong");
        assertThat(difference(wrong, wrong)).contains("its IPv4 header checksum is wrong");
        assertThat(difference(wrong, UDP)).isEmpty();
    }

    @Test
    void identificationMayChangeOnlyWhereItMeansSomething() {
        byte[] mayFragment = Packets.with(UDP, 6, 0);
        assertThat(difference(mayFragment, Packets.with(mayFragment, 4, 0x7777)))
                .isEmpty();
        assertThat(difference(UDP, Packets.with(UDP, 4, 0x7777)))
                .contains("byte 4 (IPv4 identification) is 77 instead of 12");
    }

    @Test
    void thePaddingDoesNotCount() {
        assertThat(difference(Arrays.copyOf(UDP, UDP.length + 6), UDP)).isEmpty();
        assertThat(difference(UDP, Arrays.copyOf(UDP, UDP.length - 1))).contains("it has 31 bytes instead of 32");
    }

    @Test
    void theTwoFormsOfZeroAreOneInAWrongTcpChecksum() {
        byte[] zero = Packets.with(TCP, 36, 0);
        byte[] ones = Packets.with(TCP, 36, 0xffff);
        assertThat(difference(zero, ones)).isEmpty();
        assertThat(difference(ones, zero)).isEmpty();
        assertThat(difference(zero, Packets.with(TCP, 36, 1))).isPresent();
        byte[] zeroUdp = Packets.with(UDP, 26, 0);
        byte[] onesUdp = Packets.with(UDP, 26, 0xffff);
        assertThat(difference(zeroUdp, onesUdp)).as("absent must stay absent").isPresent();
        assertThat(difference(onesUdp, zeroUdp)).isPresent();
    }

    @Test
    void theTwoFormsOfZeroDifferInARightTcpChecksum() {
        byte[] summed = Packets.tcp(OUT1 + ":80", IN1 + ":5000", 0x10, "0000");
        String filling = String.format("%04x", new Datagram(summed).u16(36));
        byte[] zero = Packets.tcp(OUT1 + ":80", IN1 + ":5000", 0x10, filling);
        assertThat(new Datagram(zero).u16(36)).isZero();
        assertThat(difference(zero, Packets.with(zero, 36, 0xffff))).isPresent();
    }

    @Test
    void namesTheField() {
        assertThat(difference(UDP, Packets.with(UDP, 22, 5001)))
                .contains("byte 23 (UDP destination port) is 89 instead of 88");
        assertThat(difference(TCP, Packets.with(TCP, 42, 0xffff)))
                .contains("byte 42 (TCP options or payload) is ff instead of 63");
    }
}
