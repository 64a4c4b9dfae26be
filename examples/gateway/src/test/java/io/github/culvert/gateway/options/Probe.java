package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.NatConfig;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that has nothing but the options of the NAT. */
@Command(name = "probe", modelTransformer = NatOptions.OfGateway.class)
final class Probe implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    private @Nullable GatewayConfig config;
    private String problem = "";

    @Override
    public Integer call() {
        config = new NatOptions(Objects.requireNonNull(command)).config();
        return 0;
    }

    /** The configuration of the NAT that a command line gives. */
    static NatConfig config(String... args) {
        return all(args).nat();
    }

    /** The configuration that a command line gives. */
    static GatewayConfig all(String... args) {
        Probe probe = new Probe();
        if (probe.execute(args) != 0) {
            throw new AssertionError(probe.problem);
        }
        return Objects.requireNonNull(probe.config);
    }

    /** The lines that a command line is refused with. */
    static List<String> refusal(String... args) {
        Probe probe = new Probe();
        if (probe.execute(args) != 2) {
            throw new AssertionError("accepted: " + probe.config);
        }
        return probe.problem.lines().toList();
    }

    private int execute(String... args) {
        return new CommandLine(this)
                .setParameterExceptionHandler((e, ignored) -> {
                    problem = String.valueOf(e.getMessage());
                    return 2;
                })
                .execute(args);
    }
}
