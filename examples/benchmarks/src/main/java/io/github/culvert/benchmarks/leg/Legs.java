package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.Ring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The legs of a run, in the order in which they take turns. */
public final class Legs {
    private static volatile List<Leg> running = List.of();
    private static volatile int packetsPerRound;

    private final List<Leg> legs = new ArrayList<>();
    private final Pattern wanted;

    /**
     * No legs.
     *
     * @param wanted a regular expression; legs with another name are left out
     */
    public Legs(String wanted) {
        this.wanted = Pattern.compile(wanted);
    }

    /**
     * Adds a leg.
     *
     * @param leg the leg
     * @return this
     */
    public Legs add(Leg leg) {
        if (wanted.matcher(leg.name()).matches()) {
            legs.add(leg);
            running = List.copyOf(legs);
        }
        return this;
    }

    /**
     * Lets every leg have its turn.
     *
     * @param chunks how often each empties its ring
     */
    public void round(int chunks) {
        packetsPerRound = chunks * Ring.SIZE * legs.size();
        for (Leg leg : legs) {
            leg.round(chunks);
        }
    }

    /** Nanoseconds of the lower quartile of the turns of a ring since the last call, by name of the leg. */
    static Map<String, Double> quartiles() {
        Map<String, Double> quartiles = new LinkedHashMap<>();
        for (Leg leg : running) {
            quartiles.put(leg.name(), leg.samples().lowerQuartile());
        }
        return quartiles;
    }

    static int packetsPerRound() {
        return packetsPerRound;
    }

    static void forget() {
        quartiles();
    }
}
