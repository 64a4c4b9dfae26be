package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.packet.EnhancedGre;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.Parsed;
import io.github.culvert.nat.wire.PacketWindow;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Enhanced GRE: RFC 2637 section 4.1. */
class PptpDemuxTest {
    private static final int HEADER = 20;
    private static final int MORE_FRAGMENTS = 0x2000;

    private final Demux demux = PptpAlg.standard().demuxes().get(0);

    /** An IPv4 packet of a length that it says itself, of which only some bytes are there. */
    private long identifier(Octets gre, int said, int fragmentBits, int there) {
        byte[] packet = new byte[HEADER + Math.max(there, gre.length())];
        packet[0] = 0x45;
        packet[2] = (byte) (HEADER + said >>> 8);
        packet[3] = (byte) (HEADER + said);
        packet[6] = (byte) (fragmentBits >>> 8);
        packet[9] = 47;
        System.arraycopy(gre.toByteArray(), 0, packet, HEADER, gre.length());
        PacketWindow window = new PacketWindow();
        window.open(packet, 0, packet.length);
        return demux.identifier(window, HEADER, there);
    }

    private long whole(String hex) {
        Octets gre = Octets.fromHex(hex);
        return identifier(gre, gre.length(), 0, gre.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3001880B 00041234 00000000 FF030021",
                "3081880B 00041234 00000000 FFFFFFFF FF030021",
                "2081880B 00001234 00000000",
                "2001880B 00001234"
            })
    void findsTheCallId(String hex) {
        assertThat(whole(hex)).isEqualTo(0x1234);
    }

    @Test
    void isForGre() {
        assertThat(demux.protocol()).isEqualTo(47);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000 0800 00041234 00000000", // version 0
                "2000 880B 00041234 00000000", // version 0 with the type of PPP
                "3001 8000 00041234 00000000 FF030021", // another type
                "1001 880B 00041234 00000000 FF030021", // no key
                "B001 880B 00041234 00000000 FF030021", // a checksum
                "7001 880B 00041234 00000000 FF030021", // routing
                "3801 880B 00041234 00000000 FF030021", // strict source route
                "3002 880B 00041234 00000000 FF030021" // version 2
            })
    void anyOtherGreIsNoneOfPptp(String hex) {
        assertThat(whole(hex)).isEqualTo(Demux.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3001880B 07D01234 00000000 FF030021", // 2000 bytes of payload
                "3001880B 00051234 00000000 FF030021", // one byte too many
                "3081880B 00001234 00000000", // no room for the acknowledgment
                "3001880B 00001234", // nor for the sequence number
                "3001880B 000012"
            })
    void lengthsMustFit(String hex) {
        assertThat(whole(hex)).isEqualTo(Demux.NONE);
    }

    @Test
    void whatAnErrorQuotesMayBeEightBytes() {
        Octets eight = Octets.fromHex("3081880B 05781234");
        assertThat(identifier(eight, 1416, 0, 8)).isEqualTo(0x1234);
        assertThat(identifier(eight, 1416, 0, 7)).isEqualTo(Demux.NONE);
    }

    @Test
    void aFirstFragmentHasPartOfItsPayload() {
        Octets start = Octets.fromHex("3001880B 05781234 00000000 FF030021");
        assertThat(identifier(start, 16, MORE_FRAGMENTS, 16)).isEqualTo(0x1234);
        assertThat(identifier(start, 16, 0, 16)).isEqualTo(Demux.NONE);
    }

    @Test
    void paddingIsNoPayload() {
        Octets padded = Octets.fromHex("3001880B 00041234 00000000 FF03");
        assertThat(identifier(padded, 14, 0, 14)).isEqualTo(Demux.NONE);
    }

    @Property
    void agreesWithTheViewOfThePacket(@ForAll @Size(min = 1, max = 40) byte[] bytes, @ForAll boolean likely) {
        byte[] gre = bytes.clone();
        byte[] start = {0x30, 0x01, (byte) 0x88, 0x0b, 0};
        System.arraycopy(start, 0, gre, 0, likely ? Math.min(gre.length, start.length) : 0);
        Octets packet =
                Ipv4Packet.builder().protocol(47).payload(Octets.of(gre)).octets();
        PacketWindow window = new PacketWindow();
        window.open(packet.toByteArray(), 0, packet.length());

        long expected = Ipv4Packet.parse(packet) instanceof Parsed.Valid<Ipv4Packet> valid
                        && valid.value().transport() instanceof EnhancedGre enhanced
                ? enhanced.callId()
                : Demux.NONE;
        assertThat(demux.identifier(window, HEADER, gre.length)).isEqualTo(expected);
    }

    @Property
    void neverFails(@ForAll @Size(min = 20, max = 60) byte[] bytes, @ForAll @IntRange(max = 40) int length) {
        PacketWindow window = new PacketWindow();
        window.open(bytes, 0, bytes.length);
        int there = Math.min(length, bytes.length - HEADER);
        assertThat(demux.identifier(window, HEADER, there)).isBetween(-1L, 0xffffL);
    }
}
