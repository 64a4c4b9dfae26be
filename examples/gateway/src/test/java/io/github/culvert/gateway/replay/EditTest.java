package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.EXT1;
import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static io.github.culvert.gateway.replay.Packets.OUT2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Endpoint;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every expected packet is built anew, with checksums summed from the start, or is a vector. */
class EditTest {
    private static final Endpoint PUBLIC = Packets.endpoint(EXT1 + ":40000");

    private static byte[] edited(byte[] packet, Place place) {
        byte[] copy = packet.clone();
        Edit.endpoint(new Datagram(copy), place, PUBLIC);
        return copy;
    }

    @Test
    void theVectorOfUdp() {
        byte[] outside = Packets.hex("4500002012344000 4011 C25C CB007101 C6336407 9C40 0035 000C 385D 61626364");
        assertThat(edited(Packets.hex(Packets.CKS_03_INSIDE), Place.SOURCE)).isEqualTo(outside);
    }

    @Test
    void bothPlacesOfEveryProtocol() {
        assertThat(edited(Packets.udp(OUT1 + ":53", IN1 + ":5000", "616263"), Place.DESTINATION))
                .isEqualTo(Packets.udp(OUT1 + ":53", EXT1 + ":40000", "616263"));
        assertThat(edited(Packets.tcp(IN1 + ":5000", OUT1 + ":80", 2, "616263"), Place.SOURCE))
                .isEqualTo(Packets.tcp(EXT1 + ":40000", OUT1 + ":80", 2, "616263"));
        assertThat(edited(Packets.icmp(IN1, OUT1, 8, 0x00070001), Place.SOURCE))
                .isEqualTo(Packets.icmp(EXT1, OUT1, 8, 40000 << 16 | 1));
        assertThat(edited(Packets.icmp(OUT1, IN1, 0, 0x00070001), Place.DESTINATION))
                .isEqualTo(Packets.icmp(OUT1, EXT1, 0, 40000 << 16 | 1));
        assertThat(edited(Packets.other(IN1, OUT1, 47, "00000800"), Place.SOURCE))
                .isEqualTo(Packets.other(EXT1, OUT1, 47, "00000800"));
    }

    @Test
    void theIdOfAPingBelongsToItsSender() {
        assertThat(edited(Packets.icmp(OUT1, IN1, 8, 0x00070001), Place.DESTINATION))
                .isEqualTo(Packets.icmp(OUT1, EXT1, 8, 0x00070001));
    }

    @Test
    void anErrorOfAChecksumStays() {
        byte[] tcp = Packets.tcp(IN1 + ":5000", OUT1 + ":80", 2, "");
        int right = new Datagram(tcp).u16(36);
        byte[] out = edited(Packets.with(tcp, 36, right ^ 0x0100), Place.SOURCE);
        int rightOut = new Datagram(Packets.tcp(EXT1 + ":40000", OUT1 + ":80", 2, "")).u16(36);

        int error = Math.floorMod((right ^ 0x0100) - right, 0xffff);
        assertThat(Math.floorMod(new Datagram(out).u16(36) - rightOut, 0xffff)).isEqualTo(error);
    }

    @Test
    void anAbsentUdpChecksumStaysAbsent() {
        byte[] udp = Packets.with(Packets.udp(IN1 + ":5000", OUT1 + ":53", "6162"), 26, 0);
        assertThat(new Datagram(edited(udp, Place.SOURCE)).u16(26)).isZero();
    }

    @Test
    void laterFragmentsHaveNoPorts() {
        byte[] later = Packets.with(Packets.udp(IN1 + ":5000", OUT1 + ":53", "6162"), 6, 0x0005);
        byte[] out = edited(later, Place.SOURCE);
        assertThat(Arrays.copyOfRange(out, 20, 30)).isEqualTo(Arrays.copyOfRange(later, 20, 30));
        assertThat(InternetSum.headerIsRight(new Datagram(out))).isTrue();
    }

    @Test
    void aQuoteAndAllChecksumsAroundIt() {
        for (int length : new int[] {28, 36, 40, 43}) {
            byte[] sent = Packets.tcp(IN1 + ":5000", OUT1 + ":80", 2, "616263");
            byte[] outside = Packets.tcp(EXT1 + ":40000", OUT1 + ":80", 2, "616263");
            byte[] error = Packets.icmp(OUT2, IN1, 3, 0, Arrays.copyOf(sent, length));

            Datagram datagram = new Datagram(error);
            Edit.quotedEndpoint(datagram, datagram.quote().orElseThrow(), Place.SOURCE, PUBLIC);

            assertThat(error).isEqualTo(Packets.icmp(OUT2, IN1, 3, 0, Arrays.copyOf(outside, length)));
        }
    }

    @Test
    void onlyErrorsThatShowAddressesQuote() {
        byte[] whole = Packets.icmp(OUT2, IN1, 11, 0, Packets.udp(IN1 + ":1", OUT1 + ":2", ""));
        assertThat(new Datagram(whole).quote()).isPresent();
        assertThat(new Datagram(Packets.icmp(OUT2, IN1, 8, 0, Packets.udp(IN1 + ":1", OUT1 + ":2", ""))).quote())
                .isEmpty();
        assertThat(new Datagram(Packets.icmp(OUT2, IN1, 3, 0, new byte[19])).quote())
                .isEmpty();
        assertThat(new Datagram(Packets.udp(OUT2 + ":1", IN1 + ":2", "0303030303030303")).quote())
                .isEmpty();
    }
}
