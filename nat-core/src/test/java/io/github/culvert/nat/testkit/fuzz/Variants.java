package io.github.culvert.nat.testkit.fuzz;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.EXT3;
import static io.github.culvert.nat.testkit.bed.Packets.IN3;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.MssClamp;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.TcpPolicy;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Configurations with little room that between them have every behaviour switched on. */
final class Variants {
    static final Limits LIMITS = Limits.of(24, 6, 8, 16).withHeldSyns(4);

    private static final List<UnaryOperator<NatConfig>> CHANGES = List.of(
            UnaryOperator.identity(),
            Variants::transparent,
            Variants::symmetric,
            Variants::inBlocks,
            Variants::halfway,
            config -> config.withAddressForwards(List.of(new AddressForward(EXT3, IN3))));

    private Variants() {}

    /** How many there are. */
    static int count() {
        return CHANGES.size();
    }

    /** The configuration of a number, whatever that is. */
    static NatConfig of(int number) {
        NatConfig small = NatBed.config(EXT1, EXT2, EXT3)
                .withLimits(LIMITS)
                .withFragments(new FragmentPolicy(1 << 16, 1 << 16, 4, true))
                .withPath(PathPolicy.STANDARD.withHop(true).withOutsideMtu(200).withInsideMtu(180));
        return CHANGES.get(Math.floorMod(number, CHANGES.size())).apply(small);
    }

    private static NatConfig transparent(NatConfig config) {
        return config.asCarrier()
                .withPortless(Set.of(47, 50, 97, 115))
                .withIdentifiers(IdentifierPolicy.STANDARD.withPreserved(false).withExcluded(Set.of(1701, 4500)));
    }

    private static NatConfig symmetric(NatConfig config) {
        Dependence both = Dependence.ADDRESS_AND_PORT_DEPENDENT;
        return config.withBehaviours(Behaviours.all(new Behaviour(both, both)))
                .withRates(Rates.STANDARD.withSessions(new Rate(5, 9)))
                .withTcp(TcpPolicy.STANDARD.withMssFromInside(new MssClamp.ToMtu()));
    }

    private static NatConfig inBlocks(NatConfig config) {
        return config.withIdentifiers(IdentifierPolicy.STANDARD
                .withAssignment(new Assignment.Blocks(64))
                .withPairing(Pairing.FALL_OVER));
    }

    private static NatConfig halfway(NatConfig config) {
        Dependence address = Dependence.ADDRESS_DEPENDENT;
        return config.withBehaviours(Behaviours.all(new Behaviour(address, Dependence.ENDPOINT_INDEPENDENT)))
                .withIdentifiers(IdentifierPolicy.STANDARD.withAssignment(new Assignment.Deterministic(1024, 64)))
                .withExemptions(List.of(Exemption.of(Ipv4Prefix.parse("198.51.100.8/32"))));
    }
}
