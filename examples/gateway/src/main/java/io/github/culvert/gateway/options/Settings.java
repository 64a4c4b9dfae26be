package io.github.culvert.gateway.options;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one source, the command line or the file, says about each setting. Mutable; not safe for several threads. */
public final class Settings {
    private final Map<Setting, List<Given>> given = new EnumMap<>(Setting.class);

    /** Makes an empty one. */
    public Settings() {}

    /**
     * Takes an option of the command line.
     *
     * @param setting which setting
     * @param text its value; null if the option was not given
     * @return this
     */
    public Settings option(Setting setting, @Nullable String text) {
        return text == null ? this : put(setting, List.of(new Given(setting.option(), text)));
    }

    /**
     * Takes an option of the command line that can have several values.
     *
     * @param setting which setting
     * @param texts its values; null if the option was not given
     * @return this
     */
    public Settings option(Setting setting, @Nullable List<String> texts) {
        return texts == null
                ? this
                : put(
                        setting,
                        texts.stream().map(t -> new Given(setting.option(), t)).toList());
    }

    Settings put(Setting setting, List<Given> values) {
        given.put(setting, values);
        return this;
    }

    List<Given> of(Setting setting) {
        return given.getOrDefault(setting, List.of());
    }

    /** This, and for settings that it does not have, the other. */
    Settings over(Settings other) {
        Settings both = new Settings();
        both.given.putAll(other.given);
        both.given.putAll(given);
        return both;
    }

    /** Splits text at commas; an empty part stays, so that it is reported. */
    static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::trim).toList();
    }
}
