package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.ConfigProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one source, the command line or the file, says of each setting. Mutable; not safe for several threads. */
final class Settings {
    private final Map<Setting<?>, List<Given>> given = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<Setting<?>> broken = new HashSet<>();

    void put(Setting<?> setting, List<Given> values) {
        given.put(setting, values);
    }

    /** Puts a value behind those that are there. */
    void add(Setting<?> setting, Given value) {
        given.computeIfAbsent(setting, s -> new ArrayList<>()).add(value);
    }

    /** Takes note of what could not be understood at all. */
    void problem(ConfigProblem problem) {
        problems.add(problem);
    }

    /** Takes note that a setting is there, but in no form that could be read. */
    void broken(Setting<?> setting) {
        broken.add(setting);
    }

    boolean has(Setting<?> setting) {
        return given.containsKey(setting);
    }

    List<Given> of(Setting<?> setting) {
        return given.getOrDefault(setting, List.of());
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    boolean isBroken(Setting<?> setting) {
        return broken.contains(setting);
    }

    /** This, and for settings that it does not have, the other; the problems of both. */
    Settings over(Settings other) {
        Settings both = new Settings();
        for (Settings source : List.of(other, this)) {
            both.given.putAll(source.given);
            both.problems.addAll(source.problems);
            both.broken.addAll(source.broken);
        }
        return both;
    }

    /** Splits text at commas; an empty part stays, so that it is reported. */
    static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::trim).toList();
    }
}
