package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns settings into values and gathers every problem on the way. Not safe for several threads. */
final class SettingReader {
    private static final String NONE = "none";

    /** A value, and where it came from. */
    record Read<V>(Given given, V value) {
        /** Whether a problem of the configuration quotes this value, perhaps with its key before it. */
        boolean isQuotedBy(ConfigProblem problem) {
            return String.valueOf(value).equals(problem.value())
                    || problem.setting().endsWith("." + key());
        }

        private String key() {
            return value instanceof java.util.Map.Entry<?, ?> entry ? String.valueOf(entry.getKey()) : "\n";
        }
    }

    private final Settings settings;
    private final List<ConfigProblem> problems;

    SettingReader(Settings settings) {
        this.settings = settings;
        problems = new ArrayList<>(settings.problems());
    }

    boolean has(Setting<?> setting) {
        return settings.has(setting);
    }

    /** Reads a setting that must be there; if it is not, or is wrong, there is a problem now. */
    <V> Optional<V> required(Setting<V> setting, String allowed) {
        if (settings.of(setting).isEmpty() && !isBroken(setting)) {
            problem(setting, "", allowed);
        }
        return all(setting, Catalogue.DEFAULTS).stream().map(Read::value).findFirst();
    }

    /** Reads all values of a setting, under the configuration so far; those that are wrong are problems now. */
    <V> List<Read<V>> all(Setting<V> setting, GatewayConfig soFar) {
        List<Given> given = settings.of(setting);
        List<Read<V>> read = new ArrayList<>();
        for (Given one : saysNone(setting, given) ? List.<Given>of() : given) {
            try {
                read.add(new Read<>(one, setting.form().apply(soFar).reading().of(one.text())));
            } catch (IllegalArgumentException e) {
                settings.broken(setting);
                problems.add(new ConfigProblem(one.origin(), one.text(), String.valueOf(e.getMessage())));
            }
        }
        return read;
    }

    private static boolean saysNone(Setting<?> setting, List<Given> given) {
        return switch (setting.arity()) {
            case ONE -> false;
            case OPTIONAL, MANY -> given.size() == 1 && given.get(0).text().equals(NONE);
        };
    }

    /** Whether a value of the setting could not be read, so that what depends on it cannot be judged. */
    boolean isBroken(Setting<?> setting) {
        return settings.isBroken(setting);
    }

    void problem(Setting<?> setting, String value, String allowed) {
        settings.broken(setting);
        List<Given> given = settings.of(setting);
        String origin = given.isEmpty() ? setting.option() : given.get(0).origin();
        problems.add(new ConfigProblem(origin, value, allowed));
    }

    void problem(ConfigProblem problem) {
        problems.add(problem);
    }

    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }
}
