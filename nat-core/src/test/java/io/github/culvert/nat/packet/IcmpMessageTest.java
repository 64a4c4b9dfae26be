package io.github.culvert.nat.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Parsed.Malformed;
import io.github.culvert.nat.refusal.Layer;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.packet.GoldenPacket;
import org.junit.jupiter.api.Test;

/** Queries, errors and the packets that errors quote. */
class IcmpMessageTest {
    private static final Ipv4Address ANY = new Ipv4Address(0);

    @Test
    void query() {
        IcmpQuery query = (IcmpQuery) GoldenPacket.ICMP_ECHO.packet().transport();

        assertThat(query.type()).isEqualTo(8);
        assertThat(query.code()).isZero();
        assertThat(query.checksum()).isEqualTo(0x081d);
        assertThat(query.checksumValid()).isTrue();
        assertThat(query.isRequest()).isTrue();
        assertThat(query.identifier()).isEqualTo(0x1111);
        assertThat(query.sequence()).isEqualTo(1);
        assertThat(query.data()).isEqualTo(Octets.fromHex("70696e67"));
        assertThat(IcmpMessage.parse(query.octets()).orElseThrow()).isEqualTo(query);
    }

    @Test
    void repliesAreQueriesThatDoNotAsk() {
        IcmpQuery reply = new IcmpQuery(IcmpMessage.builder().echoReply(7, 8).octets(ANY, ANY));
        IcmpQuery timestamp =
                new IcmpQuery(IcmpMessage.builder().type(13, 0).query(7, 8).octets(ANY, ANY));

        assertThat(reply.isRequest()).isFalse();
        assertThat(reply.identifier()).isEqualTo(7);
        assertThat(timestamp.isRequest()).isTrue();
    }

    @Test
    void error() {
        IcmpError error = (IcmpError) GoldenPacket.ICMP_TOO_BIG.packet().transport();

        assertThat(error.type()).isEqualTo(3);
        assertThat(error.code()).isEqualTo(4);
        assertThat(error.nextHopMtu()).isEqualTo(1400);
        assertThat(error.checksumValid()).isTrue();
        assertThat(error.quotedOctets()).isEqualTo(error.octets().from(8));
        assertThat(error.extensions()).isEqualTo(Octets.empty());
    }

    @Test
    void quotedPacket() {
        IcmpError error = (IcmpError) GoldenPacket.ICMP_TOO_BIG.packet().transport();
        QuotedPacket quoted = error.quoted().orElseThrow();

        assertThat(quoted.source()).isEqualTo(Ipv4Address.parse("203.0.113.1"));
        assertThat(quoted.destination()).isEqualTo(Ipv4Address.parse("198.51.100.7"));
        assertThat(quoted.totalLength()).isEqualTo(1492);
        assertThat(quoted.identification()).isEqualTo(0xbeef);
        assertThat(quoted.protocol()).isEqualTo(17);
        assertThat(quoted.payload()).isEqualTo(Octets.fromHex("9c40003505c0abcd"));
    }

    @Test
    void extensionsFollowTheQuotedPacket() {
        IcmpError error = (IcmpError) GoldenPacket.ICMP_WITH_EXTENSIONS.packet().transport();

        assertThat(error.quotedOctets().length()).isEqualTo(128);
        assertThat(error.extensions()).isEqualTo(Octets.fromHex("20007b82 00080101 12345140"));
        assertThat(error.quoted().orElseThrow().payload().length()).isEqualTo(108);
    }

    @Test
    void aQuotedLengthBeyondTheMessageEndsWithIt() {
        Octets octets = Octets.fromHex("03000000 00ff0000 45000014");
        IcmpError error = (IcmpError) IcmpMessage.parse(octets).orElseThrow();

        assertThat(error.quotedOctets()).isEqualTo(Octets.fromHex("45000014"));
        assertThat(error.extensions()).isEqualTo(Octets.empty());
    }

    @Test
    void onlySomeErrorsHaveAQuotedLength() {
        Octets redirect = Octets.fromHex("05000000 c0010203 4500001445000014");

        assertThat(((IcmpError) IcmpMessage.parse(redirect).orElseThrow())
                        .quotedOctets()
                        .length())
                .isEqualTo(8);
    }

    @Test
    void everyShorterQuotedHeaderIsMalformed() {
        Octets header = Octets.fromHex("46000020123440004011 39a7 c0a8010a c6336407 01010100");

        assertThat(QuotedPacket.parse(header).orElseThrow().payload()).isEqualTo(Octets.empty());
        for (int length = 0; length < header.length(); length++) {
            assertThat(QuotedPacket.parse(header.slice(0, length)))
                    .as("%d bytes", length)
                    .isInstanceOf(Malformed.class);
        }
        assertThat(QuotedPacket.parse(header.slice(0, 23)))
                .isEqualTo(new Malformed<>(Refusal.CUT_SHORT, Layer.QUOTED_IPV4, 0, 24, 23));
    }

    @Test
    void messagesThatAreNeither() {
        Octets advertisement = Octets.fromHex("09000000 00000000");

        assertThat(IcmpMessage.parse(advertisement).orElseThrow()).isInstanceOf(IcmpOther.class);
    }

    /** 32 and more: types whose low five bits are those of an echo reply, an unreachable and so on. */
    @Test
    void highTypesAreNeither() {
        for (int type = 32; type < 256; type++) {
            Octets message = IcmpMessage.builder().type(type, 0).octets(ANY, ANY);

            assertThat(IcmpMessage.parse(message).orElseThrow())
                    .as("type %d", type)
                    .isInstanceOf(IcmpOther.class);
        }
    }

    @Test
    void pointerOfAParameterProblem() {
        Octets problem = Octets.fromHex("0c000000 14000000");

        assertThat(((IcmpError) IcmpMessage.parse(problem).orElseThrow()).pointer())
                .isEqualTo(20);
    }

    @Test
    void aWrongChecksumIsSeen() {
        Octets octets = IcmpMessage.builder().checksum(1).octets(ANY, ANY);

        assertThat(IcmpMessage.parse(octets).orElseThrow().checksumValid()).isFalse();
    }
}
