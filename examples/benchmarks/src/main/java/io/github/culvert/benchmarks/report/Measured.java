package io.github.culvert.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured: of every run and leg the values of all iterations of all virtual machines, in their order. */
final class Measured {
    private final Map<Run, Map<String, List<Double>>> values = new LinkedHashMap<>();

    void add(Run run, String leg, double value) {
        values.computeIfAbsent(run, r -> new LinkedHashMap<>())
                .computeIfAbsent(leg, l -> new ArrayList<>())
                .add(value);
    }

    Map<Run, Map<String, List<Double>>> all() {
        return Collections.unmodifiableMap(values);
    }

    boolean has(Run run, String leg) {
        return values.getOrDefault(run, Map.of()).containsKey(leg);
    }

    private List<Double> of(Run run, String leg) {
        return values.getOrDefault(run, Map.of()).getOrDefault(leg, List.of());
    }

    double median(Run run, String leg) {
        return median(of(run, leg));
    }

    /** The median of the quotients of two legs, each within one iteration, so that noise hits both. */
    double ratio(Run run, String leg, String reference) {
        List<Double> over = of(run, leg);
        List<Double> under = of(run, reference);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < over.size(); i++) {
            ratios.add(over.get(i) / under.get(i));
        }
        return median(ratios);
    }

    /** The median of the differences of two legs, each within one iteration. */
    double difference(Run run, String leg, String reference) {
        List<Double> over = of(run, leg);
        List<Double> under = of(run, reference);
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < over.size(); i++) {
            differences.add(over.get(i) - under.get(i));
        }
        return median(differences);
    }

    private static double median(List<Double> unsorted) {
        List<Double> sorted = unsorted.stream().sorted().toList();
        int size = sorted.size();
        if (size == 0) {
            return Double.NaN;
        }
        return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }
}
