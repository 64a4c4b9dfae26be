package io.github.culvert.pptp;

import io.github.culvert.nat.alg.AddressUse;
import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.pptp.PptpConfig.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * PPTP passthrough (RFC 2637): any number of clients, calls and servers behind one public address.
 *
 * <p>Deviation: none from RFC 2637, which does not know of NATs: to both sides the NAT is their peer, with other Call
 * IDs. What PPTP protects with, MS-CHAPv2 and MPPE, is broken; each {@link Tracker#observations() observation} says so.
 *
 * <p>Immutable, for any number of engines and threads.
 */
public final class PptpAlg implements Alg {
    private final PptpConfig config;
    private final List<Control> controls;

    private PptpAlg(PptpConfig config) {
        this.config = config;
        controls = config.controlPorts().stream()
                .map(port -> new Control(Protocol.TCP, port))
                .toList();
    }

    /**
     * An ALG with the defaults.
     *
     * @return {@link #of} of {@link PptpConfig#STANDARD}
     */
    public static PptpAlg standard() {
        return of(PptpConfig.STANDARD);
    }

    /**
     * An ALG.
     *
     * @param config what it is told
     * @return the ALG
     * @throws IllegalArgumentException with all problems of the configuration, one a line, if it has any
     */
    public static PptpAlg of(PptpConfig config) {
        List<Problem> problems = config.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return new PptpAlg(config);
    }

    @Override
    public String name() {
        return "pptp";
    }

    @Override
    public List<Control> controls() {
        return controls;
    }

    @Override
    public List<Demux> demuxes() {
        return List.of(new PptpDemux());
    }

    @Override
    public Terms terms() {
        return new Terms(config.idle(), config.rest(), config.callsPerHost());
    }

    @Override
    public AddressUse addressUse() {
        return config.addressUse();
    }

    @Override
    public Optional<Tracker> follow(Scope scope) {
        return scope instanceof Scope.Channel channel && serves(channel)
                ? Optional.of(new PptpTracker(config, channel))
                : Optional.empty();
    }

    private boolean serves(Scope.Channel channel) {
        return controls.contains(channel.control())
                && config.serves(
                        channel.insideEnd().address().bits(), channel.remote().bits());
    }

    @Override
    public Tracker restore(Scope scope, Octets saved) {
        if (scope instanceof Scope.Channel channel) {
            return PptpState.restore(new PptpTracker(config, channel), saved);
        }
        throw new IllegalArgumentException("PPTP follows control channels, not " + scope);
    }
}
