package io.github.culvert.pptp;

import static io.github.culvert.nat.testkit.lab.Errors.cut;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import io.github.culvert.nat.testkit.packet.Fragments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Enhanced GRE of a call through an engine: RFC 2637 section 4.1. */
class Rfc2637GreTest {
    private static final int SAME = 0x1234;

    private final Site site = new Site();
    private final int outside = Site.call(site.connect("IN1:4000 > OUT1:1723"), SAME, 0x80);

    private static Ipv4Packet gre(String from, String to, String hex) {
        return Packets.ipv4(Lab.address(from), Lab.address(to))
                .protocol(47)
                .payload(Octets.fromHex(hex))
                .build();
    }

    /** The same of bytes that need not be well formed. */
    private static Octets raw(String from, String to, String hex) {
        byte[] bytes = Packets.ipv4(Lab.address(from), Lab.address(to))
                .protocol(97)
                .payload(Octets.fromHex(hex))
                .build()
                .octets()
                .toByteArray();
        int checksum = (bytes[10] & 0xff) << 8 | bytes[11] & 0xff;
        int changed = checksum + 97 - 47;
        int folded = (changed & 0xffff) + (changed >>> 16);
        bytes[9] = 47;
        bytes[10] = (byte) (folded >>> 8);
        bytes[11] = (byte) folded;
        return Octets.of(bytes);
    }

    private void isRefused(String hex, Refusal reason) {
        site.lab.sendEach(Side.OUTSIDE, List.of(raw("OUT1", "EXT1", hex))).isRefused(reason);
        site.lab.sendEach(Side.INSIDE, List.of(raw("IN1", "OUT1", hex))).isRefused(reason);
    }

    private String key() {
        return "%04x".formatted(outside);
    }

    private Sent in(String hex) {
        return site.lab.send(gre("OUT1", "EXT1", hex));
    }

    /** What arrives is what would have been sent to the inside host: its IPv4 checksum is right, all else is untouched. */
    @Test
    @Tag("PPTP-08")
    void whatComesInGetsTheInsideCallId() {
        assertThat(in("3001880b0004" + key() + "0000000061626364").packet())
                .isEqualTo(gre("OUT1", "IN1", "3001880b000412340000000061626364"));
    }

    @Test
    @Tag("PPTP-09")
    void whatGoesOutKeepsTheCallIdOfTheServer() {
        String hex = "3081880b000400800000000700000001ff03c021";
        assertThat(site.lab.send(gre("IN1", "OUT1", hex)).packet()).isEqualTo(gre("EXT1", "OUT1", hex));
    }

    @Test
    @Tag("PPTP-11")
    void onlyEnhancedGreIsOfACall() {
        for (String id : List.of(key(), "0080")) {
            isRefused("20000800" + "0000" + id + "00000000", Refusal.UNKNOWN_PROTOCOL);
            isRefused("30018000" + "0004" + id + "0000000061626364", Refusal.UNKNOWN_PROTOCOL);
            isRefused("1001880b" + "0004" + id + "0000000061626364", Refusal.BAD_GRE_HEADER);
            isRefused("b001880b" + "0004" + id + "0000000061626364", Refusal.BAD_GRE_HEADER);
            isRefused("7001880b" + "0004" + id + "0000000061626364", Refusal.BAD_GRE_HEADER);
            isRefused("3801880b" + "0004" + id + "0000000061626364", Refusal.BAD_GRE_HEADER);
        }
        site.assertCarries("IN1", SAME, "OUT1", 0x80, outside);
    }

    /** Other GRE is for the owner of the network to decide about, with the ALG as without it. */
    @Test
    void otherGreMayBeLetThroughWithoutPorts() {
        NatConfig config = NatBed.config(Packets.EXT1).withPortless(Set.of(47));
        Site open = new Site(PptpConfig.STANDARD, config, event -> {});
        int id = Site.call(open.connect("IN1:4000 > OUT1:1723"), SAME, 0x80);
        assertThat(open.lab.send(gre("IN2", "OUT1", "0000080045000000")).packet())
                .isEqualTo(gre("EXT1", "OUT1", "0000080045000000"));
        assertThat(open.lab.send(gre("OUT1", "EXT1", "0000080046000000")).packet())
                .isEqualTo(gre("OUT1", "IN2", "0000080046000000"));
        open.assertCarries("IN1", SAME, "OUT1", 0x80, id);
    }

    @Test
    @Tag("PPTP-12")
    void acknowledgmentsAloneAndWithDataAreCarried() {
        assertThat(in("2081880b0000" + key() + "00000000").packet())
                .isEqualTo(gre("OUT1", "IN1", "2081880b0000123400000000"));
        assertThat(in("3081880b0004" + key() + "0000000100000002ff03c021").packet())
                .isEqualTo(gre("OUT1", "IN1", "3081880b000412340000000100000002ff03c021"));
        for (String id : List.of(key(), "0080")) {
            isRefused("3001880b07d0" + id + "00000000" + "61".repeat(68), Refusal.BAD_GRE_HEADER);
            isRefused("3081880b0001" + id + "0000000100000002", Refusal.BAD_GRE_HEADER);
        }
    }

    /** Which public address a host has is the draw of the pool; its calls go with its control connection. */
    @Test
    @Tag("PPTP-10")
    void greUsesThePublicAddressOfTheControlConnection() {
        NatConfig config = NatBed.config(Packets.EXT1, Packets.EXT2, Packets.EXT3, Packets.EXT4);
        Site pool = new Site(PptpConfig.STANDARD, config, event -> {});
        Map<String, Integer> seen = new HashMap<>();
        for (int host = 1; host <= 40; host++) {
            String inside = "192.168.1." + (100 + host);
            String route = inside + ":4000 > OUT1:1723";
            TcpTalk talk = pool.connect(route);
            String outer = pool.lab.tcp(route, TcpFlag.ACK).packet().source().toString();
            seen.merge(outer, 1, Integer::sum);
            int id = Site.call(talk, SAME, host);
            Site.assertArrives(pool.gre(inside, "OUT1", host), Site.packet(outer, "OUT1", host));
            Site.assertArrives(pool.gre("OUT1", outer, id), Site.packet("OUT1", inside, SAME));
        }
        assertThat(seen).hasSize(4);
    }

    @Test
    @Tag("NAT-FRAG-07")
    void greInFragmentsIsJudgedWhole() {
        String data = "61".repeat(120);
        Ipv4Packet whole = gre("OUT1", "EXT1", "3001880b0078" + key() + "00000001" + data);
        List<Octets> parts = Fragments.cut(whole, 16, 64);
        Sent out = site.lab.sendEach(Side.OUTSIDE, List.of(parts.get(2), parts.get(0), parts.get(1)));
        assertThat(Fragments.join(out.all().stream().map(Delivery::octets).toList())
                        .octets()
                        .from(12))
                .isEqualTo(gre("OUT1", "IN1", "3001880b0078123400000001" + data)
                        .octets()
                        .from(12));
        Ipv4Packet back = gre("IN1", "OUT1", "3001880b0078008000000001" + data);
        assertThat(site.lab
                        .sendEach(Side.INSIDE, Fragments.cut(back, 16, 24))
                        .datagram()
                        .octets()
                        .from(12))
                .isEqualTo(gre("EXT1", "OUT1", "3001880b0078008000000001" + data)
                        .octets()
                        .from(12));
    }

    /** A router on the way complains about what a client sent: by the Call ID of the server, to the right client. */
    @Test
    @Tag("NAT-ICMP-16")
    void errorsAboutWhatWentOutReachTheirClient() {
        Site.call(site.connect("IN2:4000 > OUT1:1723"), SAME, 0x81);
        Sent first = site.lab.send(portUnreachable("192.0.2.9", Site.packet("EXT1", "OUT1", 0x80)));
        assertThat(first.packet().destination()).isEqualTo(Packets.IN1);
        assertThat(first.quoted()).isEqualTo(Site.packet("IN1", "OUT1", 0x80));
        Sent second = site.lab.send(cut("OUT1", 28, Site.packet("EXT1", "OUT1", 0x81)));
        assertThat(second.packet().destination()).isEqualTo(Packets.IN2);
        Site.call(site.connect("IN3:4000 > OUT1:1723"), SAME, 0x81);
        site.lab.send(cut("OUT1", 28, Site.packet("EXT1", "OUT1", 0x81))).isRefused(Refusal.NO_QUOTED_SESSION);
    }

    /** The client complains about what it got: the server sees what it had sent. */
    @ParameterizedTest
    @ValueSource(ints = {28, 40})
    @Tag("NAT-ICMP-16")
    void errorsAboutWhatCameInReachTheServer(int quoted) {
        Ipv4Packet error = site.lab
                .send(cut("IN1", quoted, Site.packet("OUT1", "IN1", SAME)))
                .packet();
        assertThat(error.source()).isEqualTo(Packets.EXT1);
        assertThat(error.destination()).isEqualTo(Packets.OUT1);
        assertThat(error.octets().from(28))
                .isEqualTo(Site.packet("OUT1", "EXT1", outside).octets().slice(0, quoted));
    }
}
