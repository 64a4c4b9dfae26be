package io.github.culvert.benchmarks.leg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The legs of a run, in the order in which they take turns. */
public final class Legs {
    private static volatile List<Leg> running = List.of();

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
        for (Leg leg : legs) {
            leg.round(chunks);
        }
    }

    /** Nanoseconds of the median turn of a ring since the last call, by name of the leg. */
    static Map<String, Double> medians() {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (Leg leg : running) {
            medians.put(leg.name(), leg.samples().quantile(0.5));
            leg.samples().clear();
        }
        return medians;
    }

    static void forget() {
        medians();
    }
}
