package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 7857: updates to how public endpoints are given out. */
class Rfc7857IdentifiersTest {
    private static Pool two(Pairing pairing) {
        return Pool.of(NatBed.config(EXT1, EXT2).withIdentifiers(IdentifierPolicy.STANDARD.withPairing(pairing)));
    }

    /** Section 4. */
    @Test
    @Tag("NAT-UPD-03")
    void aHostWhoseAddressIsFullGetsAnotherOneOnlyByOption() {
        for (Protocol protocol : new Protocol[] {Protocol.UDP, Protocol.TCP}) {
            Pool strict = two(Pairing.STRICT);
            fill(strict, protocol);
            assertThat(strict.fate(protocol, "IN1:6000")).isEqualTo("refused IDENTIFIERS_EXHAUSTED");
            Pool open = two(Pairing.FALL_OVER);
            Ipv4Address own = fill(open, protocol);
            Ipv4Address other = own.equals(EXT1) ? EXT2 : EXT1;
            assertThat(open.open(protocol, "IN1:6000").source()).isEqualTo(new Endpoint(other, 6000));
            assertThat(open.events).contains(new NatEvent.PairingBroken(IN1, own, other));
        }
    }

    /** Leaves nothing at the address that IN1 has got. */
    private static Ipv4Address fill(Pool pool, Protocol protocol) {
        pool.open(protocol, "IN1:5000");
        Ipv4Address own = pool.addressOf("IN1");
        pool.leaving(protocol, own);
        return own;
    }

    @Test
    void whatAHostHasStaysWhereItIsAndAllThatIsNewGoesToTheOtherAddress() {
        Pool pool = two(Pairing.FALL_OVER);
        Ipv4Address own = fill(pool, Protocol.UDP);
        pool.udp("IN1:6000");
        assertThat(pool.lab.udp("IN1:5000 > OUT2:53").source()).isEqualTo(new Endpoint(own, 5000));
        assertThat(pool.open(Protocol.TCP, "IN1:7000").source().address()).isNotEqualTo(own);
        assertThat(pool.events(NatEvent.PairingBroken.class)).hasSize(1);
        pool.leaving(Protocol.UDP, own.equals(EXT1) ? EXT2 : EXT1);
        assertThat(pool.fate(Protocol.UDP, "IN1:8000")).isEqualTo("refused ADDRESSES_EXHAUSTED");
    }

    /** Section 5. */
    @Test
    @Tag("NAT-UPD-01")
    void tcpAndUdpHaveMappingsOfTheirOwn() {
        Pool pool = Pool.standard();
        pool.lab.udp("IN1:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
        pool.lab.connect("IN1:5000 > OUT1:80");
        pool.lab.udp("IN2:6000 > OUT1:53").passes();
        assertThat(pool.udp("IN1:6000")).isNotEqualTo(6000);
        assertThat(pool.open(Protocol.TCP, "IN1:6000").port()).isEqualTo(6000);
        pool.lab.at(301).late();
        pool.lab.udp("OUT1:53 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
        pool.lab.tcp("OUT1:80 > EXT1:5000", TcpFlag.ACK).arrives("OUT1:80 > IN1:5000");
    }
}
