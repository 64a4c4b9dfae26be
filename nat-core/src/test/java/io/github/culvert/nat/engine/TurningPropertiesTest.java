package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Rest;
import io.github.culvert.nat.config.TcpPolicy;
import io.github.culvert.nat.config.UnsolicitedSyn;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Two inside hosts behind one NAT meet at its public addresses as if each had a NAT of its own (RFC 4787 REQ-9). */
class TurningPropertiesTest {
    private static final int PACKETS = 120;
    private static final TcpFlag[][] FLAGS = {
        {TcpFlag.SYN}, {TcpFlag.SYN}, {TcpFlag.SYN, TcpFlag.ACK}, {TcpFlag.ACK}, {TcpFlag.FIN}, {TcpFlag.RST}
    };

    private SplittableRandom random = new SplittableRandom();

    @Property(tries = 100)
    void outAndInAgainIsWhatTwoNatsDo(@ForAll long seed, @ForAll Dependence filtering) {
        random = new SplittableRandom(seed);
        Behaviours behaviours = Behaviours.all(Behaviour.STANDARD.withFiltering(filtering));
        NatBed one = NatBed.of(config(behaviours, EXT1));
        NatBed other = NatBed.of(config(behaviours, EXT2));
        NatBed both = bothHosts(behaviours);
        for (int i = 0; i < PACKETS; i++) {
            boolean first = random.nextBoolean();
            Octets packet = packet(first ? IN1 : IN2, first ? EXT2 : EXT1);
            ChecksumStatus checksum = ChecksumStatus.values()[random.nextInt(3)];
            NatBed[] hops = first ? new NatBed[] {one, other} : new NatBed[] {other, one};
            assertThat(both.send(Side.INSIDE, packet, checksum)).isEqualTo(through(hops, packet, checksum));
            pass(random.nextInt(20) == 0 ? 200 : random.nextInt(3), one, other, both);
            address(both, IN1);
            address(both, IN2);
        }
    }

    /** No answers by time, which a bed gives with the next packet, and nothing drawn by chance. */
    private static NatConfig config(Behaviours behaviours, Ipv4Address... publicAddresses) {
        return NatBed.config(publicAddresses)
                .withBehaviours(behaviours)
                .withIdentifiers(IdentifierPolicy.STANDARD.withRest(Rest.STANDARD.withMost(0)))
                .withTcp(TcpPolicy.STANDARD.withUnsolicitedSyn(UnsolicitedSyn.SILENT));
    }

    /** A NAT that gives one host the first address and the other host the second one. */
    private NatBed bothHosts(Behaviours behaviours) {
        while (true) {
            NatBed bed = new NatBed(NatEngine.builder(config(behaviours, EXT1, EXT2))
                    .random(random.split())
                    .build());
            if (address(bed, IN1).equals(EXT1) && address(bed, IN2).equals(EXT2)) {
                return bed;
            }
        }
    }

    /** The address that a host has at the NAT, by a flow that keeps it. */
    private static Ipv4Address address(NatBed bed, Ipv4Address host) {
        return bed.fromInside(ipv4(host, OUT1).udp(9, 9, Octets.empty()).build())
                .packet()
                .source();
    }

    /** What is refused by the second NAT is shown as it came to the first one. */
    private static Delivery through(NatBed[] hops, Octets packet, ChecksumStatus checksum) {
        Delivery out = hops[0].send(Side.INSIDE, packet, checksum);
        if (out.exit() != Delivery.Exit.OUTSIDE) {
            return out;
        }
        Delivery in = hops[1].send(Side.OUTSIDE, out.octets(), checksum);
        return in.exit() == Delivery.Exit.REFUSED ? new Delivery(in.exit(), packet, in.reason()) : in;
    }

    private static void pass(long seconds, NatBed... beds) {
        for (NatBed bed : beds) {
            bed.clock().pass(seconds * 1_000_000_000L);
            bed.advance();
        }
    }

    private Octets packet(Ipv4Address from, Ipv4Address to) {
        int source = 5000 + random.nextInt(3);
        int destination = 5000 + random.nextInt(3);
        byte[] data = new byte[random.nextInt(9)];
        random.nextBytes(data);
        var builder = ipv4(from, to);
        if (random.nextInt(4) == 0) {
            builder.options(Octets.fromHex("01010101"));
        }
        return random.nextBoolean()
                ? builder.udp(source, destination, Octets.of(data)).octets()
                : builder.transport(TcpSegment.builder()
                                .ports(source, destination)
                                .flags(FLAGS[random.nextInt(FLAGS.length)])
                                .payload(Octets.of(data)))
                        .octets();
    }
}
