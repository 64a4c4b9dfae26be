package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.capture.CaptureException;
import io.github.culvert.gateway.capture.CaptureReader;
import io.github.culvert.gateway.options.GatewayConfig;
import io.github.culvert.gateway.options.NatOptions;
import io.github.culvert.gateway.report.ReplayResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code replay}. */
@Command(
        name = "replay",
        modelTransformer = NatOptions.OfNat.class,
        mixinStandardHelpOptions = true,
        header = "Send recorded traffic through the NAT and compare what comes out.",
        description = {
            "%nReads a pcap or pcapng file (Ethernet with VLAN tags and PPPoE, raw IP, BSD loopback, Linux cooked)."
                    + " A packet is outbound if only its source is in --inside-net, inbound if only its destination"
                    + " is; all others are counted and left alone. Outbound packets go through the NAT. Each recorded"
                    + " answer is readdressed as the real far end would have sent it, and comes back in. What an"
                    + " inside host then gets must equal the recording byte for byte, but for the time to live, the"
                    + " IPv4 header checksum, and the identification of packets that may be fragmented. Fragments may"
                    + " leave later than they came, and in pieces where a link is narrower; what an inside host sends"
                    + " to a public address turns round; messages of the NAT itself are judged and counted.",
            "%nThe clock of the NAT is the capture time; it stands still where that runs backwards. An answer whose"
                    + " inside host has never sent anything is sent to the first public address, since the far end"
                    + " could not know better, and the NAT refuses it as unsolicited.",
            "%nA recording cannot tell a checksum that hardware would have filled in later from a wrong one. So a"
                    + " packet with a wrong TCP, UDP or ICMP checksum is passed as trusted, and must come out wrong by"
                    + " the same amount; one with a right checksum is passed to be verified.%n",
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  culvert-gateway replay office.pcapng --inside-net 192.168.1.0/24 --public 203.0.113.1"
                    + " --out-outside outside.pcap --out-inside inside.pcap",
            "  tshark -r outside.pcap",
            "%nThe choices of the NAT come from a fixed seed: the same recording always gives the same files.",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every packet for the NAT came out as recorded",
            "1:a wrong byte, or a loss that nothing explains",
            "2:usage, configuration, or a file that cannot be read or written",
            "3:no wrong byte, but refusals, each with a named reason (policy, malformed or cut short, unsolicited)"
        })
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Parameters(paramLabel = "IN", description = "The recording, pcap or pcapng.")
    private @Nullable Path input;

    @Option(
            names = "--out-outside",
            paramLabel = "FILE",
            required = true,
            description = "Takes what leaves to the outside: raw IP, capture times; pcapng if it is named so, else"
                    + " pcap.")
    private @Nullable Path outOutside;

    @Option(
            names = "--out-inside",
            paramLabel = "FILE",
            required = true,
            description = "Takes what leaves to the inside, likewise.")
    private @Nullable Path outInside;

    @Option(
            names = "--report",
            paramLabel = "FILE.json",
            description = "Takes the report: every packet that did not come out as recorded, counts by reason and by"
                    + " protocol, flows, mappings and sessions at the end.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print the report as JSON instead of the summary.")
    private boolean json;

    @Option(names = "--quiet", description = "Print no summary.")
    private boolean quiet;

    /** Made by picocli, which sets the fields. */
    public ReplayCommand() {}

    @Override
    public Integer call() {
        GatewayConfig config = new NatOptions(command()).config();
        Path from = Objects.requireNonNull(input);
        checkFiles(from);
        try (CaptureReader reader = CaptureReader.open(from)) {
            return replay(config, from, reader);
        } catch (CaptureException e) {
            throw problem(from + ": " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw problem(e.getFile() + ": there is no such file or folder");
        } catch (UncheckedIOException e) {
            throw problem(String.valueOf(e.getCause()));
        } catch (IOException e) {
            throw problem(e.toString());
        }
    }

    private int replay(GatewayConfig config, Path from, CaptureReader reader) throws IOException {
        try (Output inside = Output.to(Objects.requireNonNull(outInside));
                Output outside = Output.to(Objects.requireNonNull(outOutside));
                Reporting reporting = reporting(from)) {
            ReplayResult result = new Replay(config, inside, outside, reporting).run(from.toString(), reader);
            reporting.end(result);
            return result.tally().verdict().exitCode();
        }
    }

    private Reporting reporting(Path from) throws IOException {
        Reporting reporting = new Reporting(from.toString());
        if (report != null) {
            reporting.jsonTo(report);
        }
        if (json) {
            reporting.jsonTo(command().commandLine().getOut());
        } else if (!quiet) {
            reporting.textTo(command().commandLine().getOut());
            reporting.progressOf(from);
        }
        return reporting;
    }

    /** Nothing that is written may be the recording, or be written twice. */
    private void checkFiles(Path from) {
        List<Path> written = Stream.of(outOutside, outInside, report)
                .filter(Objects::nonNull)
                .toList();
        for (int i = 0; i < written.size(); i++) {
            if (isSame(from, written.get(i))) {
                throw problem(written.get(i) + " is the recording; it would be overwritten");
            }
            for (Path other : written.subList(0, i)) {
                if (isSame(other, written.get(i))) {
                    throw problem(other + " is named for two outputs");
                }
            }
        }
    }

    /** Whether two names mean one file; what keeps nothing, such as /dev/null, may be named again. */
    private static boolean isSame(Path one, Path other) {
        boolean sameName =
                one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
        try {
            return Files.exists(one)
                    ? Files.isRegularFile(one) && Files.exists(other) && Files.isSameFile(one, other)
                    : sameName;
        } catch (IOException e) {
            return false;
        }
    }

    private ParameterException problem(String text) {
        return new ParameterException(command().commandLine(), text);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command);
    }
}
