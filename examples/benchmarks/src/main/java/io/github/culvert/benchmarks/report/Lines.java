package io.github.culvert.benchmarks.report;

import io.github.culvert.benchmarks.traffic.BufferKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns what was measured into the lines of the report, each beside its target. */
final class Lines {
    /** How many sessions there are. */
    static final int[] SIZES = {1_000, 100_000, 1_000_000};

    private static final int MILLION = 1_000_000;
    private static final double HIT_LIMIT = 1.5;
    private static final double HIT_LIMIT_AT_A_MILLION = 1.25;
    private static final double TCP_LIMIT_NANOS = 6;
    private static final double BATCH_LEAST = 1.7;
    private static final double SAME = 1.1;
    private static final double FILL_LIMIT = 3;
    /** JMH itself allocates a little. */
    private static final double NEXT_TO_NOTHING = 0.1;

    private final Measured measured;
    private final Map<String, Double> memory;
    private final List<Line> lines = new ArrayList<>();

    Lines(Measured measured, Map<String, Double> memory) {
        this.measured = measured;
        this.memory = memory;
    }

    List<Line> all() {
        for (BufferKind buffers : BufferKind.values()) {
            for (int sessions : SIZES) {
                hits(sessions, buffers);
            }
        }
        for (BufferKind buffers : BufferKind.values()) {
            forward(Run.of("ForwardBenchmark", 100_000, buffers), buffers);
        }
        for (BufferKind buffers : BufferKind.values()) {
            for (int sessions : SIZES) {
                refusals(Run.of("RefusalBenchmark", sessions, buffers), sessions, buffers);
            }
        }
        churn(100_000, 2);
        churn(MILLION, 1);
        fill();
        lines.addAll(new PptpLines(measured).all());
        allocation();
        memory();
        return lines;
    }

    private static String where(int sessions, BufferKind buffers) {
        return String.format(Locale.ROOT, "%,d, %s", sessions, buffers.name().toLowerCase(Locale.ROOT));
    }

    private static String nanos(double value) {
        return Line.text(value) + " ns";
    }

    private Line compared(Run run, String group, String what, String where, String leg, String reference) {
        return Line.free(
                group,
                what,
                where,
                nanos(measured.median(run, leg)),
                nanos(measured.median(run, reference)),
                measured.ratio(run, leg, reference));
    }

    private void hits(int sessions, BufferKind buffers) {
        Run run = Run.of("HitBenchmark", sessions, buffers);
        if (!measured.has(run, "udp-single")) {
            return;
        }
        String where = where(sessions, buffers);
        double most = sessions == MILLION ? HIT_LIMIT_AT_A_MILLION : HIT_LIMIT;
        for (String protocol : List.of("udp", "tcp")) {
            String name = protocol.toUpperCase(Locale.ROOT);
            String base = protocol + "-baseline";
            String single = protocol + "-single";
            lines.add(compared(run, "hit", name + ", over the baseline", where, single, base)
                    .atMost(most));
            lines.add(compared(run, "hit", name + " to verify, over the baseline", where, single + "-verify", base));
            batch(run, name, where, sessions, single, protocol + "-batch");
        }
        double extra = measured.difference(run, "tcp-single", "udp-single");
        lines.add(Line.free("hit", "TCP tracking, ns over UDP", where, nanos(extra), "", extra)
                .atMost(TCP_LIMIT_NANOS));
    }

    private void batch(Run run, String name, String where, int sessions, String single, String batch) {
        Line line = Line.free(
                "batch",
                name + " in batches of 32, times as fast as one by one",
                where,
                nanos(measured.median(run, batch)),
                nanos(measured.median(run, single)),
                measured.ratio(run, single, batch));
        lines.add(sessions == MILLION ? line.atLeast(BATCH_LEAST) : line);
        lines.add(compared(
                run, "batch", name + " in batches to verify, over the same trusted", where, batch + "-verify", batch));
    }

    private void forward(Run run, BufferKind buffers) {
        for (String way : List.of("single", "batch")) {
            if (measured.has(run, "forward-" + way)) {
                String where = where(100_000, buffers) + ", " + (way.equals("single") ? "one by one" : "batches");
                lines.add(compared(
                                run,
                                "forward",
                                "remotes on one static forward, over as many mappings",
                                where,
                                "forward-" + way,
                                "mappings-" + way)
                        .atMost(SAME));
                lines.add(compared(
                        run,
                        "forward",
                        "the same, 1,000 addresses with 100 ports each",
                        where,
                        "forward-100-ports-" + way,
                        "mappings-" + way));
            }
        }
    }

    private void refusals(Run run, int sessions, BufferKind buffers) {
        String where = where(sessions, buffers);
        refusal(run, "garbage", where, "garbage", "udp-hit");
        for (String protocol : List.of("udp", "tcp")) {
            String name = protocol.toUpperCase(Locale.ROOT);
            refusal(run, name + " to an unknown port", where, protocol + "-unmapped", protocol + "-hit");
            refusal(run, name + " unsolicited", where, protocol + "-filtered", protocol + "-hit");
        }
        refusal(run, "TCP without a connection, from inside", where, "tcp-unopened", "tcp-hit");
        if (measured.has(run, "retain-and-release")) {
            double nanos = measured.median(run, "retain-and-release");
            lines.add(Line.free(
                    "refusal", "retain and release, part of each of these", where, nanos(nanos), "", Double.NaN));
        }
    }

    private void refusal(Run run, String what, String where, String leg, String hit) {
        if (measured.has(run, leg)) {
            lines.add(compared(run, "refusal", what + ", over a hit", where, leg, hit)
                    .atMost(1));
        }
    }

    private void churn(int live, double leastMillions) {
        Run run = Run.of("ChurnBenchmark", "live", live);
        String leg = "create-and-expire";
        if (measured.has(run, leg)) {
            double nanos = measured.median(run, leg);
            lines.add(Line.free(
                            "churn",
                            "created and expired, millions a second",
                            String.format(Locale.ROOT, "%,d live", live),
                            nanos(nanos),
                            "",
                            1000 / nanos)
                    .atLeast(leastMillions));
        }
    }

    private void fill() {
        Run run = Run.of("FillBenchmark");
        if (measured.has(run, "fill-10")) {
            String what = "created and expired with 99.9 % of the ports in use, over 10 %";
            lines.add(compared(run, "fill", what, "one address", "fill-99.9", "fill-10")
                    .atMost(FILL_LIMIT));
            lines.add(compared(run, "fill", what, "as many sessions on ten addresses", "fill-99.9", "fill-10-of-ten"));
        }
    }

    /** Opening a session may allocate, a packet may not. */
    private void allocation() {
        measured.all().keySet().forEach(run -> {
            double bytes = measured.median(run, Forks.ALLOCATED);
            Line line = Line.free("allocation", "bytes a packet, all legs", run.toString(), "", "", bytes);
            boolean opens = run.group().equals("churn") || run.group().equals("fill") || PptpLines.opens(run);
            lines.add(opens ? line : line.atMost(NEXT_TO_NOTHING));
        });
    }

    private void memory() {
        if (memory.containsKey("session")) {
            bytes("a session, one per mapping", "a million", "session", "session-gauge", 96);
            String at = String.format(Locale.ROOT, "%,.0f sessions", memory.getOrDefault("worst-at", 0.0));
            bytes("a session, at the worst point of growth", at, "worst", "", 128);
            bytes("a further session of a mapping", "1,000 of each of 1,000", "further", "further-gauge", 80);
            growth("median", "opening-median");
            growth("99.99 %", "opening-9999");
            growth("slowest", "opening-slowest");
        }
    }

    private void bytes(String what, String where, String name, String gauge, double most) {
        double each = memory.getOrDefault(name, Double.NaN);
        String says = memory.containsKey(gauge) ? "gauge says " + Line.text(memory.get(gauge)) : "";
        lines.add(Line.free("memory", "bytes of " + what, where, Line.text(each) + " bytes", says, each)
                .atMost(most));
    }

    private void growth(String which, String name) {
        double nanos = memory.getOrDefault(name, Double.NaN);
        String where = "from none to 1.1 million";
        lines.add(
                Line.free("memory", "opening a session while growing, " + which, where, nanos(nanos), "", Double.NaN));
    }
}
