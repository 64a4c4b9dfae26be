package io.github.culvert.gateway.options;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Settings that stand together under one key of the file, and are written {@code KEY=VALUE} behind one option.
 *
 * @param key the key
 * @param help what they are about
 * @param kind whether one value can stand for all of them
 * @param settings the settings
 */
record Section(String key, String help, Kind kind, List<Setting<?>> settings) implements Entry {

    /** Whether one value can stand for all settings of a section. */
    enum Kind {
        /** Each setting has its own values. */
        MIXED,
        /** All settings take the same values, so a value without a key is for all of them. */
        ALIKE
    }

    static Section mixed(String key, String help, Setting<?>... settings) {
        return of(key, help, Kind.MIXED, settings);
    }

    static Section alike(String key, String help, Setting<?>... settings) {
        return of(key, help, Kind.ALIKE, settings);
    }

    private static Section of(String key, String help, Kind kind, Setting<?>... settings) {
        return new Section(
                key,
                help,
                kind,
                Arrays.stream(settings).<Setting<?>>map(s -> s.within(key)).toList());
    }

    @Override
    public String label() {
        return kind == Kind.ALIKE ? "[KEY=]VALUE[,...]" : "KEY=VALUE[,...]";
    }

    @Override
    public List<String> description() {
        String defaults = kind == Kind.ALIKE
                ? names() + ": " + settings.get(0).choice()
                : settings.stream().map(s -> s.name() + "=" + s.choice()).collect(Collectors.joining(", "));
        return List.of(help + " Keys and defaults:", defaults + ".");
    }

    /** The setting with a key within the section. */
    Optional<Setting<?>> setting(String name) {
        return settings.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /** The keys within the section. */
    String names() {
        return settings.stream().map(Setting::name).collect(Collectors.joining(", "));
    }
}
