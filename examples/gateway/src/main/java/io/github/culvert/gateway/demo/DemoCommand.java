package io.github.culvert.gateway.demo;

import io.github.culvert.gateway.capture.CaptureReader;
import io.github.culvert.gateway.replay.Replay;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.JsonReport;
import io.github.culvert.gateway.report.JsonWriter;
import io.github.culvert.gateway.report.ReplayResult;
import io.github.culvert.gateway.report.TextReport;
import io.github.culvert.gateway.report.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = "See the NAT at work on recordings of real programs; needs no privilege.",
        description = {
            "%nReplays recordings that this project made itself: several hosts that use the same ports towards one"
                    + " server, fragments, a link too narrow for them, path MTU discovery, hosts that reach each other"
                    + " at the public address (hairpin), WireGuard, OpenVPN over UDP and TCP, IKEv2 with NAT traversal, and three PPTP clients with one Call ID. Each goes through a"
                    + " NAT of its own, as the command replay does it with your recordings.",
            "%nPrints for each what the NAT holds at the end, what it refused, and whether every packet came out as"
                    + " recorded.%n"
        },
        footer = {
            "%nNext: record something of your own (tcpdump -i eth0 -w office.pcap) and see",
            "  culvert-gateway replay --help"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every packet came out as recorded",
            "1:a wrong byte, or a loss that nothing explains",
            "3:no wrong byte, but refusals"
        })
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--json", description = "Print the reports as JSON.")
    private boolean json;

    /** Made by picocli, which sets the fields. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        Verdict verdict = json ? printJson(out) : printText(out);
        out.flush();
        return verdict.exitCode();
    }

    private static Verdict printText(PrintWriter out) throws IOException {
        List<ReplayResult> results = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            TextReport report = new TextReport();
            ReplayResult result = replay(scenario, report::found);
            out.println("=== " + scenario.name() + " ===");
            out.println(scenario.shows());
            report.print(result, out);
            out.println();
            results.add(result);
        }
        Verdict worst = worst(results);
        long packets = results.stream().mapToLong(r -> r.tally().packets()).sum();
        out.printf("%d recordings, %d packets: %s.%n", results.size(), packets, worst.text());
        return worst;
    }

    private static Verdict printJson(PrintWriter out) throws IOException {
        JsonWriter writer = new JsonWriter(out);
        writer.object().array("recordings");
        List<ReplayResult> results = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            JsonReport report = JsonReport.begin(writer, scenario.name());
            ReplayResult result = replay(scenario, report::found);
            report.end(result);
            results.add(result);
        }
        Verdict worst = worst(results);
        writer.endArray()
                .field("verdict", worst.name())
                .field("exit", worst.exitCode())
                .endObject();
        return worst;
    }

    private static ReplayResult replay(Scenario scenario, Consumer<Finding> findings) throws IOException {
        Replay.Listener listener = new Replay.Listener() {
            @Override
            public void found(Finding finding) {
                findings.accept(finding);
            }

            @Override
            public void read(long bytes) {
                // Done before anybody could read a progress bar.
            }
        };
        try (CaptureReader reader = CaptureReader.open(scenario.recording())) {
            return Replay.withoutFiles(scenario.config(), listener).run(scenario.name(), reader);
        }
    }

    private static Verdict worst(List<ReplayResult> results) {
        return results.stream()
                .map(result -> result.tally().verdict())
                .max(Verdict::compareTo)
                .orElse(Verdict.WRONG);
    }
}
