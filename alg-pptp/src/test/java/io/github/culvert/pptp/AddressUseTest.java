package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.AddressUse;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers that refuse a second control connection from one address (RFC 2637 section 2.1). */
class AddressUseTest {
    private final Site site = site(AddressUse.ONE_PER_HOST);

    private static Site site(AddressUse use) {
        return new Site(
                PptpConfig.STANDARD.withAddressUse(use),
                NatBed.config(Packets.EXT1, Packets.EXT2, Packets.EXT3, Packets.EXT4),
                event -> {});
    }

    private static String outside(Site site, String route) {
        return site.lab.tcp(route, TcpFlag.ACK).packet().source().toString();
    }

    @Test
    @Tag("PPTP-29")
    void clientsOfOneServerHaveAddressesOfTheirOwn() {
        Set<String> used = new HashSet<>();
        for (String inside : new String[] {"IN1", "IN2", "IN3"}) {
            String route = inside + ":4000 > OUT1:1723";
            TcpTalk talk = site.connect(route);
            String address = outside(site, route);
            int id = Site.call(talk, 7, 8);
            Site.assertArrives(site.gre(inside, "OUT1", 8), Site.packet(address, "OUT1", 8));
            Site.assertArrives(site.gre("OUT1", address, id), Site.packet("OUT1", inside, 7));
            used.add(address);
        }
        assertThat(used).hasSize(3);
    }

    @Test
    void theyShareWhereTheyAreToOrWhereThereAreTooMany() {
        Set<String> paired = new HashSet<>();
        Site usual = site(AddressUse.PAIRED);
        for (int host = 1; host <= 20; host++) {
            usual.connect("192.168.1." + (100 + host) + ":4000 > OUT1:1723");
            String route = "192.168.1." + (100 + host) + ":4000 > OUT1:1723";
            paired.add(outside(usual, route));
            site.connect(route);
        }
        assertThat(paired).hasSizeLessThanOrEqualTo(4);
        assertThat(site.status().channels()).isEqualTo(20);
    }

    @Test
    void aFurtherConnectionAndAnotherServerMoveNobody() {
        site.connect("IN1:4000 > OUT1:1723");
        String address = outside(site, "IN1:4000 > OUT1:1723");
        site.connect("IN1:4001 > OUT1:1723");
        assertThat(outside(site, "IN1:4001 > OUT1:1723")).isEqualTo(address);
        site.connect("IN1:4002 > OUT2:1723");
        assertThat(outside(site, "IN1:4002 > OUT2:1723")).isEqualTo(address);
    }

    @Test
    void anAddressIsFreeAgainOnceItsClientIsGone() {
        for (String inside : new String[] {"IN1", "IN2", "IN3", "192.168.1.50"}) {
            site.connect(inside + ":4000 > OUT1:1723").close();
        }
        site.lab.at(300).late();
        Set<String> used = new HashSet<>();
        for (String inside : new String[] {"192.168.1.60", "192.168.1.61", "192.168.1.62", "192.168.1.63"}) {
            site.connect(inside + ":4000 > OUT1:1723");
            used.add(outside(site, inside + ":4000 > OUT1:1723"));
        }
        assertThat(used).hasSize(4);
    }
}
