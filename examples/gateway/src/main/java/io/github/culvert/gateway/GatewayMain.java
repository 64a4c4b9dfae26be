package io.github.culvert.gateway;

import io.github.culvert.gateway.demo.DemoCommand;
import io.github.culvert.gateway.replay.ReplayCommand;
import io.github.culvert.gateway.run.RunCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The main class of the example gateway: finds the command and runs it. */
@Command(
        name = "culvert-gateway",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "NAT for a whole network behind a few public addresses.",
        description = "%nAn example of what is built on the Culvert library. Each command explains itself:"
                + " culvert-gateway COMMAND --help",
        subcommands = {DemoCommand.class, ReplayCommand.class, RunCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:ended by itself, or found a fault",
            "2:usage, configuration or input",
            "3:no fault, but refusals (replay and demo)"
        })
public final class GatewayMain {
    private GatewayMain() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /**
     * Runs a command.
     *
     * @param out takes what the command prints
     * @param err takes its errors
     * @param args the command line
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    private static CommandLine commandLine() {
        CommandLine line = new CommandLine(new GatewayMain());
        CommandLine completion = new CommandLine(new GenerateCompletion());
        completion.getCommandSpec().usageMessage().hidden(true);
        line.addSubcommand("generate-completion", completion);
        return line.setParameterExceptionHandler(GatewayMain::explain);
    }

    /** Says what is wrong and where to read more; the whole help would push the error off the screen. */
    private static int explain(CommandLine.ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(line.getColorScheme().errorText(String.valueOf(problem.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
        CommandSpec command = line.getCommandSpec();
        err.println("Try '" + command.qualifiedName() + " --help'.");
        return command.exitCodeOnInvalidInput();
    }
}
