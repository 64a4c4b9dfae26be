package io.github.culvert.gateway.run;

import io.github.culvert.gateway.options.Cautions;
import io.github.culvert.gateway.options.GatewayConfig;
import io.github.culvert.gateway.options.NatOptions;
import io.github.culvert.gateway.tun.TunException;
import io.github.culvert.gateway.tun.TunPair;
import io.github.culvert.gateway.tun.TunPairs;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code run}: owns two TUN devices and forwards between them through the NAT until it is told to end. */
@Command(
        name = "run",
        modelTransformer = NatOptions.OfGateway.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Forward between two TUN devices through the NAT.",
        description = {
            "%nAttaches to two TUN devices of Linux, or creates them. What the kernel sends into the inside device is"
                    + " translated and comes out of the outside device, and back. Needs root or CAP_NET_ADMIN, unless"
                    + " the devices exist and belong to you. Sets neither addresses nor routes.",
            "%nEnds after TERM or INT and then prints what it has done; USR1 prints it in between.%n"
        },
        footer = {
            "%nA gateway between br0 (192.168.77.0/24) and the outside:",
            "  ip tuntap add dev natlan mode tun; ip link set natlan up",
            "  ip tuntap add dev natwan mode tun; ip link set natwan up",
            "  culvert-gateway run --inside-tun natlan --outside-tun natwan \\",
            "      --inside-net 192.168.77.0/24 --public 203.0.113.1",
            "The README of the gateway has the routes that lead packets into the two devices, and its"
                    + " CONFIGURATION.md every setting with its range and its RFC."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended by TERM or INT",
            "1:ended by itself: a device is gone, or a fault",
            "2:usage, configuration, or a device that cannot be opened"
        })
public final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("culvert.run");

    private final TunPairs tunPairs;

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--json", description = "Print the summary as one line of JSON.")
    private boolean json;

    /** Makes the command over the TUN devices of Linux. */
    public RunCommand() {
        this(TunPairs.LINUX);
    }

    RunCommand(TunPairs tunPairs) {
        this.tunPairs = tunPairs;
    }

    @Override
    public Integer call() {
        NatOptions options = new NatOptions(Objects.requireNonNull(command));
        List<String> devices = options.devices();
        GatewayConfig config = options.config();
        Cautions.of(config).forEach(LOG::warn);
        return run(devices.get(0), devices.get(1), config);
    }

    private int run(String inside, String outside, GatewayConfig config) {
        Requests requests = new Requests();
        try (Signals signals = new Signals()) { // before the devices: who sees them may already send one
            signals.on("TERM", requests::stop);
            signals.on("INT", requests::stop);
            signals.on("USR1", requests::report);
            return run(inside, outside, config, requests);
        } catch (TunException e) {
            Objects.requireNonNull(command).commandLine().getErr().println(e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int run(String inside, String outside, GatewayConfig config, Requests requests) throws TunException {
        try (TunPair tuns = tunPairs.open(inside, outside)) {
            LOG.info(
                    "forwarding between {} (inside, {}) and {} (outside, {})",
                    inside,
                    config.nat().insideNetworks(),
                    outside,
                    config.nat().publicAddresses());
            boolean asked = new GatewayRun(tuns, config, requests, this::print).run();
            if (asked) {
                LOG.info("ended");
            }
            return asked ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private void print(Summary summary) {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        out.println(json ? summary.json() : summary.text());
        out.flush();
    }
}
