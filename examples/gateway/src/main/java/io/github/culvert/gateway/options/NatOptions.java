package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.ConfigProblem;
import io.github.culvert.nat.config.NatConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that every command with a NAT has; a mixin. What the command line does not say is taken from the file of
 * {@code --config}.
 *
 * <p>Not safe for use by several threads.
 */
public final class NatOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--inside-net",
            paramLabel = "CIDR[,CIDR]",
            description = "Networks behind the NAT. Packets from inside with another source are refused.")
    private @Nullable List<String> insideNet;

    @Option(
            names = "--public",
            paramLabel = "ADDR[,ADDR]",
            description = "Public addresses that stand for the inside hosts; in none of the inside networks.")
    private @Nullable List<String> publicAddresses;

    @Option(
            names = "--forward",
            paramLabel = "FORWARD",
            description = {
                "A public port that leads to an inside host, such as tcp:8080=192.168.77.11:80 or"
                        + " udp:203.0.113.2:53=192.168.77.12:53. Without an address the first public one is meant."
                        + " May be given several times."
            })
    private @Nullable List<String> forward;

    @Option(
            names = "--enable",
            paramLabel = "ALG[,ALG]",
            description = "Application level gateways to switch on. This version has none yet.")
    private @Nullable List<String> enable;

    @Option(
            names = "--mtu",
            paramLabel = "N",
            description = "MTU of the outside in bytes, 68 to 65535; larger packets are refused. Default: 65535.")
    private @Nullable String mtu;

    @Option(
            names = "--ttl",
            negatable = true,
            description = "Count as a hop: take one from the time to live. Default: no.")
    private @Nullable Boolean ttl;

    @Option(
            names = "--config",
            paramLabel = "FILE.yaml",
            description = "File with settings: keys are the long options without '--', and timeouts and limits"
                    + " besides. The command line wins.")
    private @Nullable Path config;

    /** Made by picocli, which sets the fields. */
    public NatOptions() {}

    /**
     * The configuration of the NAT.
     *
     * @return the configuration, validated
     * @throws ParameterException naming every problem, if there is one
     */
    public NatConfig config() {
        return config(reader(new Settings()));
    }

    /**
     * A reader over these options, those of the command itself, and the file behind them.
     *
     * @param own further settings of the command line, those that only one command has
     * @return a reader that already knows the problems of the file
     */
    public SettingReader reader(Settings own) {
        Settings line = new Settings()
                .option(Setting.INSIDE_NET, split(insideNet))
                .option(Setting.PUBLIC, split(publicAddresses))
                .option(Setting.FORWARD, split(forward))
                .option(Setting.ENABLE, split(enable))
                .option(Setting.MTU, mtu)
                .option(Setting.TTL, ttl == null ? null : ttl.toString())
                .over(own);
        if (config == null) {
            return new SettingReader(line, List.of(), Set.of());
        }
        ConfigFile file = ConfigFile.read(config);
        return new SettingReader(line.over(file.settings()), file.problems(), file.broken());
    }

    /**
     * The configuration of the NAT, from a reader of which the command has read its own settings already.
     *
     * @param reader made by {@link #reader}
     * @return the configuration, validated
     * @throws ParameterException naming every problem of the reader, if there is one
     */
    public NatConfig config(SettingReader reader) {
        NatConfig nat = new NatSettings(reader).config();
        if (!reader.problems().isEmpty()) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    reader.problems().stream().map(NatOptions::say).collect(Collectors.joining("\n")));
        }
        return nat;
    }

    private static String say(ConfigProblem problem) {
        return problem.value().isEmpty() ? problem.setting() + " is missing: " + problem.allowed() : problem.toString();
    }

    private static @Nullable List<String> split(@Nullable List<String> values) {
        return values == null
                ? null
                : values.stream().flatMap(v -> Settings.split(v).stream()).toList();
    }
}
