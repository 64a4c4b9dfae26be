package io.github.culvert.gateway.options;

import io.github.culvert.gateway.tun.TunNames;
import io.github.culvert.nat.config.ConfigProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options that every command with a NAT has. What the command line does not say is taken from the file of
 * {@code --config}.
 *
 * <p>Not safe for use by several threads.
 */
public final class NatOptions {
    private static final String CONFIG = "--config";

    private final CommandSpec command;
    private final SettingReader reader;

    /** Adds the options of a NAT to a command. */
    public static final class OfNat implements IModelTransformer {
        /** Made by picocli. */
        public OfNat() {}

        @Override
        public CommandSpec transform(CommandSpec spec) {
            return add(spec, Catalogue.NAT.stream());
        }
    }

    /** Adds the options of a NAT and of the devices on its sides to a command. */
    public static final class OfGateway implements IModelTransformer {
        /** Made by picocli. */
        public OfGateway() {}

        @Override
        public CommandSpec transform(CommandSpec spec) {
            return add(spec, Stream.concat(Stream.of(DeviceSettings.GROUP), Catalogue.NAT.stream()));
        }
    }

    /**
     * The options as they were given.
     *
     * @param command the command, to which one of the transformers has added the options, and whose command line has
     *     been read
     */
    public NatOptions(CommandSpec command) {
        this.command = command;
        ParseResult line = command.commandLine().getParseResult();
        Settings settings = OptionValues.read(line);
        Path file = line.matchedOptionValue(CONFIG, (Path) null);
        reader = new SettingReader(file == null ? settings : settings.over(ConfigFile.read(file)));
    }

    /**
     * Reads options that stand by themselves.
     *
     * @param options the options, as on a command line
     * @return the configuration, validated
     * @throws ParameterException if something is wrong with them
     */
    public static GatewayConfig parse(String... options) {
        CommandSpec spec = add(CommandSpec.create(), Catalogue.NAT.stream());
        new CommandLine(spec).parseArgs(options);
        return new NatOptions(spec).config();
    }

    private static CommandSpec add(CommandSpec spec, Stream<Group> groups) {
        groups.forEach(group -> {
            ArgGroupSpec.Builder shown = ArgGroupSpec.builder()
                    .heading("%n" + group.heading() + ":%n")
                    .validate(false)
                    .order(spec.argGroups().size());
            group.entries().forEach(entry -> shown.addArg(OptionValues.option(entry)));
            spec.addArgGroup(shown.build());
        });
        return spec.addOption(OptionSpec.builder(CONFIG)
                .type(Path.class)
                .paramLabel("FILE.yaml")
                .description("File with settings: keys are the options below without '--', sections hold their keys."
                        + " The command line wins, setting by setting.")
                .build());
    }

    /**
     * The TUN devices; if they are not named, or wrongly, {@link #config()} says so.
     *
     * @return those of the inside and of the outside, in this order, as far as they are named
     */
    public List<String> devices() {
        String allowed = TunNames.ALLOWED;
        Optional<String> inside = reader.required(DeviceSettings.INSIDE_TUN, allowed);
        Optional<String> outside = reader.required(DeviceSettings.OUTSIDE_TUN, allowed);
        if (inside.isPresent() && inside.equals(outside)) {
            reader.problem(DeviceSettings.OUTSIDE_TUN, outside.get(), "another device than that of the inside");
        }
        return Stream.of(inside, outside).flatMap(Optional::stream).toList();
    }

    /**
     * The configuration of the NAT and its ALGs.
     *
     * @return the configuration, validated
     * @throws ParameterException naming every problem, if there is one
     */
    public GatewayConfig config() {
        GatewayConfig config = new NatSettings(reader).config();
        if (!reader.problems().isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    reader.problems().stream().map(NatOptions::say).distinct().collect(Collectors.joining("\n")));
        }
        return config;
    }

    private static String say(ConfigProblem problem) {
        return problem.value().isEmpty() ? problem.setting() + " is missing: " + problem.allowed() : problem.toString();
    }
}
