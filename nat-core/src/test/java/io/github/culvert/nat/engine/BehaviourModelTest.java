package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Rest;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** All nine pairs of mapping and filtering against a {@link ReferenceNat}, packets that turn round included. */
class BehaviourModelTest {
    private static final int PACKETS = 300;
    private static final int FOREVER = 1_000;

    private SplittableRandom random = new SplittableRandom();
    /** What is freed is free, so that the reference need not know about time. */
    private static final IdentifierPolicy RESTLESS = IdentifierPolicy.STANDARD.withRest(Rest.STANDARD.withMost(0));

    private NatBed bed = NatBed.standard();
    private ReferenceNat reference = new ReferenceNat(Behaviour.STANDARD);

    @Property(tries = 150)
    void agreesWithTheReference(@ForAll long seed, @ForAll Dependence mapping, @ForAll Dependence filtering) {
        Behaviour behaviour = new Behaviour(mapping, filtering);
        random = new SplittableRandom(seed);
        bed = new NatBed(NatEngine.builder(
                        NatBed.config(EXT1).withIdentifiers(RESTLESS).withBehaviours(Behaviours.all(behaviour)))
                .random(random.split())
                .build());
        reference = new ReferenceNat(behaviour);
        for (int i = 0; i < PACKETS; i++) {
            act(random.nextInt(100));
            assertThat(bed.sessions()).hasSize(reference.size());
        }
        noTwoSessionsShareAnOutsideKey();
    }

    private void act(int kind) {
        if (kind == 0) {
            bed.clock().pass(FOREVER * 1_000_000_000L);
            bed.advance();
            reference.forget();
        } else if (kind < 40) {
            out(inside(), outer());
        } else if (kind < 60) {
            turn(inside(), new Endpoint(EXT1, identifier()));
        } else {
            in(outer(), identifier());
        }
    }

    private Endpoint inside() {
        return new Endpoint(new Ipv4Address(IN1.bits() + random.nextInt(2)), 5000 + random.nextInt(2));
    }

    private Endpoint outer() {
        return new Endpoint(new Ipv4Address(OUT1.bits() + random.nextInt(3)), 1 + random.nextInt(3));
    }

    /** Mostly one that is mapped. */
    private int identifier() {
        List<Integer> mapped = reference.identifiers();
        return mapped.isEmpty() || random.nextInt(8) == 0
                ? 5000 + random.nextInt(3)
                : mapped.get(random.nextInt(mapped.size()));
    }

    private static Ipv4Packet packet(Endpoint from, Endpoint to) {
        return udp(from.address(), (int) from.identifier(), to.address(), (int) to.identifier());
    }

    private void out(Endpoint inside, Endpoint remote) {
        Ipv4Packet sent = bed.fromInside(packet(inside, remote)).packet();
        leaves(inside, remote, sent.octets().u16(20));
    }

    private void leaves(Endpoint inside, Endpoint remote, int identifier) {
        reference
                .identifier(inside, remote)
                .ifPresentOrElse(
                        expected -> assertThat(identifier).isEqualTo(expected),
                        () -> assertThat(reference.mayChoose(inside, identifier))
                                .isTrue());
        reference.sent(inside, remote, identifier);
    }

    private void in(Endpoint remote, int identifier) {
        Delivery out = bed.fromOutside(packet(remote, new Endpoint(EXT1, identifier)));
        arrives(out, remote, reference.received(remote, identifier));
    }

    private static void arrives(Delivery out, Endpoint remote, Object expected) {
        if (expected instanceof Endpoint inside) {
            assertThat(out)
                    .isEqualTo(new Delivery(
                            Delivery.Exit.INSIDE, packet(remote, inside).octets(), ""));
        } else {
            assertThat(out).hasToString("refused " + expected);
        }
    }

    /** Out, and in again from the public endpoint that it went out by. */
    private void turn(Endpoint inside, Endpoint to) {
        Delivery out = bed.fromInside(packet(inside, to));
        var session = bed.session(io.github.culvert.nat.mapping.Protocol.UDP, inside.toString(), to.toString());
        leaves(inside, to, (int) session.outside().identifier());
        arrives(out, session.outside(), reference.received(session.outside(), (int) to.identifier()));
    }

    private void noTwoSessionsShareAnOutsideKey() {
        Set<Object> keys = new HashSet<>();
        bed.sessions()
                .forEach(session -> assertThat(keys.add(List.of(session.outside(), session.remote())))
                        .isTrue());
    }
}
