package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.ConfigProblem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns settings into values and gathers every problem on the way. Not safe for several threads. */
public final class SettingReader {
    /**
     * Reads a value.
     *
     * @param <T> what it makes of the text
     */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * Reads a value.
         *
         * @param text as the user wrote it
         * @return the value
         * @throws IllegalArgumentException if it is none; the message says what is allowed
         */
        T of(String text);
    }

    /** A value, and where it came from. */
    record Read<T>(Given given, T value) {}

    private final Settings settings;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<Setting> broken = EnumSet.noneOf(Setting.class);

    SettingReader(Settings settings, List<ConfigProblem> problems, Set<Setting> broken) {
        this.settings = settings;
        this.problems.addAll(problems);
        this.broken.addAll(broken);
    }

    /**
     * Reads a setting that has one value.
     *
     * @param setting which setting
     * @param reading how
     * @param <T> what
     * @return the value; empty if there is none or it was a problem
     */
    public <T> Optional<T> one(Setting setting, Reading<T> reading) {
        return all(setting, reading).stream().map(Read::value).findFirst();
    }

    /**
     * Reads a setting that must be there.
     *
     * @param setting which setting
     * @param allowed what it can be, for the error
     * @param reading how
     * @param <T> what
     * @return the value; empty if there is none or it was a problem: in both cases there is a problem now
     */
    public <T> Optional<T> required(Setting setting, String allowed, Reading<T> reading) {
        if (settings.of(setting).isEmpty() && !isBroken(setting)) {
            problem(setting, "", allowed);
        }
        return one(setting, reading);
    }

    <T> List<Read<T>> all(Setting setting, Reading<T> reading) {
        List<Read<T>> read = new ArrayList<>();
        for (Given given : settings.of(setting)) {
            try {
                read.add(new Read<>(given, reading.of(given.text())));
            } catch (IllegalArgumentException e) {
                broken.add(setting);
                problems.add(new ConfigProblem(given.origin(), given.text(), String.valueOf(e.getMessage())));
            }
        }
        return read;
    }

    /** Whether a value is one of this setting. */
    boolean isFrom(Setting setting, Given given) {
        return settings.of(setting).contains(given);
    }

    /** Whether a value of the setting could not be read, so that what depends on it cannot be judged. */
    boolean isBroken(Setting setting) {
        return broken.contains(setting);
    }

    /**
     * Reports a problem.
     *
     * @param setting with which setting
     * @param value its value
     * @param allowed what would be allowed
     */
    public void problem(Setting setting, String value, String allowed) {
        broken.add(setting);
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
