package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.echo;
import static io.github.culvert.nat.testkit.bed.Packets.echoReply;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.IcmpBuilder;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Echo through the NAT: RFC 5508 section 3. */
class IcmpEchoTest {
    private final NatBed bed = NatBed.standard();

    private static int identifier(Delivery out) {
        assertThat(out.packet().transportChecksumWrong()).isFalse();
        return out.octets().u16(24);
    }

    @Test
    void twoHostsWithOneIdentifierGetTheirOwnReplies() {
        int first = identifier(bed.fromInside(echo(IN1, OUT1, 0x1111)));
        int second = identifier(bed.fromInside(echo(IN2, OUT1, 0x1111)));
        assertThat(first).isEqualTo(0x1111).isNotEqualTo(second);
        assertThat(bed.fromOutside(echoReply(OUT1, EXT1, first)))
                .hasToString("inside 198.51.100.7:4369 > 192.168.1.10:4369");
        assertThat(bed.fromOutside(echoReply(OUT1, EXT1, second)))
                .hasToString("inside 198.51.100.7:4369 > 192.168.1.11:4369");
    }

    @Test
    void oneIdentifierIsOneMappingForAllRemotes() {
        bed.fromInside(echo(IN2, OUT1, 7));
        int first = identifier(bed.fromInside(echo(IN1, OUT1, 7)));
        assertThat(identifier(bed.fromInside(echo(IN1, OUT2, 7))))
                .isEqualTo(first)
                .isNotEqualTo(7);
    }

    @Test
    void onlyWhoWasAskedMayReply() {
        bed.fromInside(echo(IN1, OUT1, 7));
        assertThat(bed.fromOutside(echoReply(OUT2, EXT1, 7))).hasToString("refused FILTERED");
        assertThat(bed.fromOutside(echoReply(OUT1, EXT1, 8))).hasToString("refused NO_MAPPING");
    }

    @Test
    void aReplyRefreshesNothing() {
        bed.fromInside(echo(IN1, OUT1, 7));
        bed.at(50).fromOutside(echoReply(OUT1, EXT1, 7));
        assertThat(bed.at(61).fromOutside(echoReply(OUT1, EXT1, 7))).hasToString("refused NO_MAPPING");
    }

    /** Those that do not belong to a session, look as if they did, or belong to nobody. */
    @ParameterizedTest
    @MethodSource("strangers")
    void otherTypesDoNotLeave(int type, Refusal reason) {
        bed.fromInside(echo(IN1, OUT1, 7));
        assertThat(bed.fromInside(ipv4(IN1, OUT1).transport(message(type)).build()))
                .hasToString("refused " + (type == 0 ? Refusal.ICMP_DIRECTION : reason));
        assertThat(bed.sessions()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void otherTypesDoNotEnter(int type, Refusal reason) {
        bed.fromInside(echo(IN1, OUT1, 7));
        bed.fromInside(echo(IN1, OUT1, 0));
        int entering = type == 0 ? 8 : type;
        assertThat(bed.fromOutside(ipv4(OUT1, EXT1).transport(message(entering)).build()))
                .hasToString("refused " + reason);
        assertThat(bed.fromOutside(ipv4(OUT1, EXT1)
                        .transport(message(entering).query(0, 0))
                        .build()))
                .hasToString("refused " + reason);
        assertThat(bed.session(Protocol.ICMP, "192.168.1.10:7", "198.51.100.7:0")
                        .inbound())
                .hasFieldOrPropertyWithValue("packets", 0L);
    }

    private static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of(0, Refusal.ICMP_DIRECTION),
                Arguments.of(3, Refusal.NO_QUOTED_SESSION),
                Arguments.of(4, Refusal.ICMP_DEPRECATED),
                Arguments.of(5, Refusal.ICMP_DISABLED),
                Arguments.of(9, Refusal.ICMP_TYPE),
                Arguments.of(10, Refusal.ICMP_TYPE),
                Arguments.of(15, Refusal.ICMP_DEPRECATED),
                Arguments.of(16, Refusal.ICMP_DEPRECATED),
                Arguments.of(17, Refusal.ICMP_DEPRECATED),
                Arguments.of(18, Refusal.ICMP_DEPRECATED),
                Arguments.of(42, Refusal.ICMP_TYPE),
                Arguments.of(255, Refusal.ICMP_TYPE));
    }

    private static IcmpBuilder message(int type) {
        return IcmpMessage.builder()
                .type(type, 0)
                .query(7, 1)
                .data(echo(EXT1, OUT1, 8).octets());
    }

    @Test
    void aRequestWithAWrongChecksumOpensNothing() {
        var request = IcmpMessage.builder().echoRequest(7, 1).checksum(0x1234);
        assertThat(bed.fromInside(ipv4(IN1, OUT1).transport(request).build())).hasToString("refused BAD_ICMP_CHECKSUM");
        assertThat(bed.sessions()).isEmpty();
    }
}
