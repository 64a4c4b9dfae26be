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

import io.github.culvert.nat.packet.IcmpBuilder;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 5, 11, 12, 13, 14, 15, 42, 255})
    void otherTypesDoNotLeave(int type) {
        bed.fromInside(echo(IN1, OUT1, 7));
        assertThat(bed.fromInside(ipv4(IN1, OUT1).transport(message(type)).build()))
                .hasToString("refused ICMP_TYPE");
        assertThat(bed.sessions()).hasSize(1);
    }

    /** Neither those that look as if they belonged to a session nor those to nobody. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 8, 11, 12, 13, 14, 15, 42, 255})
    void otherTypesDoNotEnter(int type) {
        bed.fromInside(echo(IN1, OUT1, 7));
        bed.fromInside(echo(IN1, OUT1, 0));
        assertThat(bed.fromOutside(ipv4(OUT1, EXT1).transport(message(type)).build()))
                .hasToString("refused ICMP_TYPE");
        assertThat(bed.fromOutside(
                        ipv4(OUT1, EXT1).transport(message(type).query(0, 0)).build()))
                .hasToString("refused ICMP_TYPE");
        assertThat(bed.session(io.github.culvert.nat.mapping.Protocol.ICMP, "192.168.1.10:7", "198.51.100.7:0")
                        .inbound())
                .hasFieldOrPropertyWithValue("packets", 0L);
    }

    private static IcmpBuilder message(int type) {
        return IcmpMessage.builder()
                .type(type, 0)
                .query(7, 1)
                .data(echo(EXT1, OUT1, 7).octets());
    }

    @Test
    void aRequestWithAWrongChecksumOpensNothing() {
        var request = IcmpMessage.builder().echoRequest(7, 1).checksum(0x1234);
        assertThat(bed.fromInside(ipv4(IN1, OUT1).transport(request).build())).hasToString("refused BAD_ICMP_CHECKSUM");
        assertThat(bed.sessions()).isEmpty();
    }
}
