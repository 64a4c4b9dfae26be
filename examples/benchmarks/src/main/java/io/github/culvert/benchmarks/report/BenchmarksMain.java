package io.github.culvert.benchmarks.report;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the benchmarks and writes a report; missed targets are no failure. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "What a packet and a session cost, beside a baseline written by hand.",
        description = "%nWrites results.md and results.json, and prints the first. Whether a target is met does not"
                + " change the exit code: pin it to one processor of a machine that does nothing else, such as%n%n"
                + "  taskset -c 1 java -jar benchmarks.jar%n%n"
                + "JMH's own options work with its main class:%n%n"
                + "  java -cp benchmarks.jar org.openjdk.jmh.Main HitBenchmark -prof "
                + "io.github.culvert.benchmarks.leg.LegProfiler",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a benchmark failed", "2:usage"})
public final class BenchmarksMain implements Callable<Integer> {
    private static final String MEMORY = "memory";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--quick",
            description = "The short form: three minutes instead of twenty, one virtual machine each. For looking, not"
                    + " for concluding.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "GROUP",
            description = "Only these of hit, forward, churn, fill, pptp, refusal, memory.")
    private List<String> only = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIRECTORY",
            description = "Where to write the results; default: ${DEFAULT-VALUE}",
            defaultValue = "benchmark-results")
    private Path out = Path.of("benchmark-results");

    private BenchmarksMain() {}

    /**
     * Runs, and ends the process with the exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarksMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        List<Run> runs = new ArrayList<>(effort.runs());
        requireKnown(runs);
        runs.removeIf(run -> !only.isEmpty() && !only.contains(run.group()));
        PrintWriter screen = screen();
        Measured measured = new Forks(effort).run(runs, screen::println);
        Map<String, Double> memory = Map.of();
        if (only.isEmpty() || only.contains(MEMORY)) {
            screen.println(MEMORY);
            memory = new Growth(effort).run();
        }
        Report report = Report.of(effort, measured, memory);
        report.write(out);
        screen.println();
        screen.print(report.table());
        screen.flush();
        return 0;
    }

    private void requireKnown(List<Run> runs) {
        List<String> known = new ArrayList<>(Run.groups(runs));
        known.add(MEMORY);
        for (String group : only) {
            if (!known.contains(group)) {
                throw new CommandLine.ParameterException(
                        commandLine(), "--only: '" + group + "' is none of " + String.join(", ", known));
            }
        }
    }

    private CommandLine commandLine() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return known.commandLine();
    }

    private PrintWriter screen() {
        return new PrintWriter(commandLine().getOut(), true);
    }
}
