package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.ConfigProblem;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Reads what the command line says of the settings. */
final class OptionValues {
    private final ParseResult line;
    private final Settings settings = new Settings();

    private OptionValues(ParseResult line) {
        this.line = line;
    }

    /** The option of an entry; all are read as text, so that a wrong value is named as one in the file would be. */
    static OptionSpec option(Entry entry) {
        OptionSpec.Builder option = OptionSpec.builder(entry.option())
                .description(entry.description().toArray(String[]::new));
        boolean single = entry instanceof Setting<?> setting && setting.arity() != Setting.Arity.MANY;
        if (single && ((Setting<?>) entry).isSwitch()) {
            return option.type(Boolean.class).negatable(true).arity("0").build();
        }
        option.paramLabel(entry.label()).arity("1");
        return single
                ? option.type(String.class).build()
                : option.type(List.class).auxiliaryTypes(String.class).build();
    }

    static Settings read(ParseResult line) {
        OptionValues values = new OptionValues(line);
        Catalogue.entries().forEach(values::entry);
        return values.settings;
    }

    private void entry(Entry entry) {
        Object value = line.matchedOptionValue(entry.option(), null);
        if (value instanceof List<?> texts) {
            List<String> parts = texts.stream()
                    .flatMap(text -> Settings.split(String.valueOf(text)).stream())
                    .toList();
            parts(entry, parts);
        } else if (value != null) {
            parts(entry, List.of(value.toString()));
        }
    }

    private void parts(Entry entry, List<String> parts) {
        if (entry instanceof Section section) {
            section(section, parts);
        } else {
            Setting<?> setting = entry.settings().get(0);
            parts.forEach(part -> settings.add(setting, new Given(setting.option(), part)));
        }
    }

    /** Reads {@code KEY=VALUE} parts; one without a key goes on with the list before it, or is for all keys. */
    private void section(Section section, List<String> parts) {
        Optional<Setting<?>> list = Optional.empty();
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals >= 0) {
                list = keyed(section, part.substring(0, equals), part.substring(equals + 1));
            } else if (list.isPresent()) {
                settings.add(list.get(), new Given(list.get().option(), part));
            } else {
                bare(section, part);
            }
        }
    }

    /** Takes one value; gives its setting if that is a list, which may go on. */
    private Optional<Setting<?>> keyed(Section section, String name, String text) {
        Optional<Setting<?>> found = section.setting(name);
        if (found.isEmpty()) {
            settings.problem(new ConfigProblem(section.option(), name, ConfigKeys.instead(section, name)));
            return found;
        }
        Setting<?> setting = found.get();
        if (setting.arity() != Setting.Arity.MANY && settings.has(setting)) {
            settings.problem(new ConfigProblem(section.option(), name, "each key once"));
        } else {
            settings.add(setting, new Given(setting.option(), text));
        }
        return found.filter(s -> s.arity() == Setting.Arity.MANY);
    }

    private void bare(Section section, String text) {
        switch (section.kind()) {
            case ALIKE -> section.settings().forEach(s -> settings.put(s, List.of(new Given(section.option(), text))));
            case MIXED ->
                settings.problem(
                        new ConfigProblem(section.option(), text, "KEY=VALUE with one of the keys " + section.names()));
        }
    }
}
