package io.github.culvert.benchmarks.report;

import io.github.culvert.benchmarks.leg.SetUpLeg;
import io.github.culvert.benchmarks.traffic.BufferKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The lines about PPTP. */
final class PptpLines {
    /** How many calls there are. */
    static final int[] SIZES = {60, 60_000};

    private static final String GROUP = "pptp";
    private static final String SET_UP = "PptpSetUpBenchmark";
    private static final double GRE_LIMIT = 1.3;
    private static final double LEAST_A_SECOND = 100_000;
    private static final double NANOS = 1e9;

    private final Measured measured;
    private final List<Line> lines = new ArrayList<>();

    PptpLines(Measured measured) {
        this.measured = measured;
    }

    static Run hits(int calls) {
        return Run.of("PptpHitBenchmark", calls, BufferKind.HEAP);
    }

    static Run setUps(SetUpLeg.Way way) {
        return new Run(SET_UP, Map.of("live", "60000", "way", way.name()));
    }

    /** Whether what is measured opens sessions, and so may allocate. */
    static boolean opens(Run run) {
        return run.benchmark().equals(SET_UP);
    }

    List<Line> all() {
        for (int calls : SIZES) {
            String where = String.format(Locale.ROOT, "%,d, heap", calls);
            hit(hits(calls), "GRE of a call, over UDP", where, "single", GRE_LIMIT);
            hit(hits(calls), "the same in batches of 32", where, "batch", Double.NaN);
        }
        setUp(SetUpLeg.Way.CALL, "calls set up and ended a second, on connections that stay");
        setUp(SetUpLeg.Way.CONNECTION, "calls set up and ended a second, each with a connection of its own");
        return lines;
    }

    private void hit(Run run, String what, String where, String way, double most) {
        if (!measured.has(run, "gre-" + way)) {
            return;
        }
        Line line = Line.free(
                GROUP,
                what,
                where,
                Line.text(measured.median(run, "gre-" + way)) + " ns",
                Line.text(measured.median(run, "udp-" + way)) + " ns",
                measured.ratio(run, "gre-" + way, "udp-" + way));
        lines.add(Double.isNaN(most) ? line : line.atMost(most));
    }

    private void setUp(SetUpLeg.Way way, String what) {
        Run run = setUps(way);
        if (measured.has(run, "set-up")) {
            lines.add(line(what, measured.median(run, "set-up")).atLeast(LEAST_A_SECOND));
            lines.add(
                    line("the same by the clock, garbage collection included", measured.median(run, Forks.EVERYTHING)));
        }
    }

    private static Line line(String what, double nanos) {
        return Line.free(GROUP, what, "60,000 live", Line.text(nanos) + " ns", "", NANOS / nanos);
    }
}
