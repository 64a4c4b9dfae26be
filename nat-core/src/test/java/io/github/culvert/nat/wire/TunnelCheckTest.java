package io.github.culvert.nat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.AhPacket;
import io.github.culvert.nat.packet.EnhancedGre;
import io.github.culvert.nat.packet.EspPacket;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.L2tpv3Control;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.PlainGre;
import io.github.culvert.nat.packet.TransportBuilder;
import io.github.culvert.nat.refusal.Layer;
import io.github.culvert.nat.refusal.Refusal;
import org.junit.jupiter.api.Test;

/** Refusals of the headers of GRE, ESP, AH and L2TPv3, and what is let through although it is odd. */
class TunnelCheckTest {
    private static final Ipv4Address ANY = new Ipv4Address(0);
    private static final Octets FOUR = Octets.fromHex("ff03c021");
    private static final int CHECKSUM_FLAG = 0x8000;
    private static final int KEY_VERSION_1 = 0x2001;

    private final HeaderCheck check = new HeaderCheck();

    @Test
    void ofEnhancedGreRefusesACallIdThatIsMissing() {
        assertRefused(EnhancedGre.builder().flags(0x0001), Refusal.BAD_GRE_HEADER, Layer.GRE, 0, KEY_VERSION_1, 0x0001);
    }

    @Test
    void ofEnhancedGreRefusesAChecksum() {
        int flags = KEY_VERSION_1 | CHECKSUM_FLAG;

        assertRefused(EnhancedGre.builder().flags(flags), Refusal.BAD_GRE_HEADER, Layer.GRE, 0, KEY_VERSION_1, flags);
    }

    @Test
    void ofEnhancedGreRefusesAPayloadThatIsNotThere() {
        TransportBuilder builder =
                EnhancedGre.builder().sequence(1).payload(FOUR).payloadLength(5);

        assertRefused(builder, Refusal.BAD_GRE_HEADER, Layer.GRE, 4, 5, 4);
    }

    @Test
    void ofEnhancedGreTakesAPayloadThatIsPadded() {
        assertPasses(
                GreLayout.PROTOCOL, octets(EnhancedGre.builder().payload(FOUR).payloadLength(3)));
    }

    @Test
    void ofEnhancedGreRefusesNumbersThatAreCut() {
        Octets cut = octets(EnhancedGre.builder().sequence(1).acknowledgment(2)).slice(0, 15);

        assertRefused(GreLayout.PROTOCOL, cut, Refusal.SHORT_TRANSPORT_HEADER, Layer.GRE, 0, 16, 15);
    }

    @Test
    void ofPlainGreRefusesFieldsThatAreCut() {
        Octets cut =
                octets(PlainGre.builder().withChecksum().key(1).sequence(2)).slice(0, 15);

        assertRefused(GreLayout.PROTOCOL, cut, Refusal.SHORT_TRANSPORT_HEADER, Layer.GRE, 0, 16, 15);
    }

    @Test
    void ofGreTakesVersionsAndRoutingThatItCannotRead() {
        assertPasses(GreLayout.PROTOCOL, Octets.fromHex("40000800"));
        assertPasses(GreLayout.PROTOCOL, Octets.fromHex("30018000"));
        assertPasses(GreLayout.PROTOCOL, Octets.fromHex("0007880b"));
    }

    @Test
    void ofEspRefusesSpi0() {
        assertRefused(EspPacket.builder().spi(0), Refusal.BAD_TUNNEL_HEADER, Layer.ESP, 0, 1, 0);
    }

    @Test
    void ofEspRefusesASequenceNumberThatIsCut() {
        Octets cut = octets(EspPacket.builder()).slice(0, 7);

        assertRefused(EspLayout.PROTOCOL, cut, Refusal.SHORT_TRANSPORT_HEADER, Layer.ESP, 0, 8, 7);
    }

    @Test
    void ofAhRefusesSpi0() {
        assertRefused(AhPacket.builder().association(0, 1), Refusal.BAD_TUNNEL_HEADER, Layer.AH, 4, 1, 0);
    }

    @Test
    void ofAhRefusesLengthsThatCannotBe() {
        assertRefused(AhPacket.builder().headerLength(8), Refusal.BAD_TUNNEL_HEADER, Layer.AH, 0, 12, 8);
        assertRefused(AhPacket.builder().headerLength(16), Refusal.BAD_TUNNEL_HEADER, Layer.AH, 0, 16, 12);
    }

    @Test
    void ofAhTakesAHeaderWithoutIcvOrPayload() {
        assertPasses(AhLayout.PROTOCOL, octets(AhPacket.builder()));
    }

    @Test
    void ofL2tpv3ControlRefusesAnotherVersion() {
        assertRefused(L2tpv3Control.builder().flags(0xc802), Refusal.BAD_TUNNEL_HEADER, Layer.L2TPV3, 4, 3, 2);
    }

    @Test
    void ofL2tpv3ControlRefusesFlagsOfData() {
        assertRefused(
                L2tpv3Control.builder().flags(0x4803), Refusal.BAD_TUNNEL_HEADER, Layer.L2TPV3, 4, 0xc803, 0x4803);
    }

    @Test
    void ofL2tpv3ControlIgnoresReservedFlags() {
        assertPasses(L2tpv3Layout.PROTOCOL, octets(L2tpv3Control.builder().flags(0xfff3)));
    }

    @Test
    void ofL2tpv3ControlRefusesLengthsThatCannotBe() {
        assertRefused(L2tpv3Control.builder().length(11), Refusal.BAD_TUNNEL_HEADER, Layer.L2TPV3, 4, 12, 11);
        assertRefused(
                L2tpv3Control.builder().avps(FOUR).length(17), Refusal.BAD_TUNNEL_HEADER, Layer.L2TPV3, 4, 17, 16);
    }

    @Test
    void ofL2tpv3DataTakesAnythingBehindTheSessionId() {
        assertPasses(L2tpv3Layout.PROTOCOL, Octets.fromHex("00000001"));
        assertRefused(
                L2tpv3Layout.PROTOCOL, Octets.fromHex("000001"), Refusal.SHORT_TRANSPORT_HEADER, Layer.L2TPV3, 0, 4, 3);
    }

    private void assertPasses(int protocol, Octets transport) {
        assertThat(passes(protocol, transport)).as("%s", check.refusal()).isTrue();
        assertThat(check.refusal()).isNull();
    }

    private void assertRefused(
            TransportBuilder builder, Refusal refusal, Layer layer, int offset, int needed, int had) {
        assertRefused(builder.protocol(), octets(builder), refusal, layer, offset, needed, had);
    }

    private void assertRefused(
            int protocol, Octets transport, Refusal refusal, Layer layer, int offset, int needed, int had) {
        assertThat(passes(protocol, transport)).isFalse();
        assertThat(check.refusal()).isEqualTo(refusal);
        assertThat(check.layer()).isEqualTo(layer);
        assertThat(check.offset()).as("offset").isEqualTo(offset);
        assertThat(check.needed()).as("needed").isEqualTo(needed);
        assertThat(check.had()).as("had").isEqualTo(had);
    }

    private boolean passes(int protocol, Octets transport) {
        PacketWindow window = new PacketWindow();
        window.open(transport.toByteArray(), 0, transport.length());
        return check.passesTransport(window, protocol, Extent.WHOLE);
    }

    private static Octets octets(TransportBuilder builder) {
        return builder.octets(ANY, ANY);
    }
}
