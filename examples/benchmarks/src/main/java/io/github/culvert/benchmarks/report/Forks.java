package io.github.culvert.benchmarks.report;

import io.github.culvert.benchmarks.leg.LegProfiler;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets JMH run benchmarks, each in virtual machines of its own, and collects the times of the legs. */
final class Forks {
    /** The name under which the bytes are kept that all legs together allocate a packet. */
    static final String ALLOCATED = "allocated";

    /** The name under which the time of everything is kept, per packet: also what is not timed, and other programs. */
    static final String EVERYTHING = "everything";

    private static final String GC_PROFILER = "gc.alloc.rate.norm";

    private static final double NANOS_PER_MILLI = 1e6;

    private final Effort effort;
    private final Measured measured = new Measured();

    Forks(Effort effort) {
        this.effort = effort;
    }

    Measured run(Iterable<Run> runs, Consumer<String> progress) throws RunnerException {
        for (Run run : runs) {
            progress.accept(run.toString());
            for (RunResult result : new Runner(options(run).build()).run()) {
                result.getBenchmarkResults().forEach(fork -> collect(run, fork));
            }
        }
        return measured;
    }

    private ChainedOptionsBuilder options(Run run) {
        TimeValue time = TimeValue.milliseconds(effort.millis);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + Pattern.quote(run.benchmark()) + "\\.")
                .forks(effort.forks)
                .warmupIterations(effort.warmups)
                .warmupTime(time)
                .measurementIterations(effort.iterations)
                .measurementTime(time)
                .addProfiler(LegProfiler.class)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        for (Map.Entry<String, String> parameter : run.parameters().entrySet()) {
            options.param(parameter.getKey(), parameter.getValue());
        }
        return options;
    }

    @SuppressWarnings("rawtypes") // as JMH declares it
    private void collect(Run run, BenchmarkResult fork) {
        for (IterationResult iteration : fork.getIterationResults()) {
            Map<String, Result> results = iteration.getSecondaryResults();
            double packets =
                    Objects.requireNonNull(results.get(LegProfiler.PACKETS)).getScore();
            measured.add(run, EVERYTHING, iteration.getPrimaryResult().getScore() * NANOS_PER_MILLI / packets);
            results.forEach((name, result) -> {
                if (result.getScoreUnit().equals(LegProfiler.UNIT)) {
                    measured.add(run, name, result.getScore());
                } else if (name.endsWith(GC_PROFILER)) {
                    measured.add(run, ALLOCATED, result.getScore() / packets);
                }
            });
        }
    }
}
