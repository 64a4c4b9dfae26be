package io.github.culvert.gateway.options;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One setting: its key, how its values are written, and where they stand in the configuration.
 *
 * @param section the key of the section that it stands in; empty if it stands at the top
 * @param name the key within the section
 * @param help what it is for, where it stands at the top
 * @param arity how many values it takes
 * @param form how a value is written, under the configuration that the settings before it have made
 * @param get its values in a configuration
 * @param set a configuration with other values
 * @param <V> its values
 */
record Setting<V>(
        String section,
        String name,
        String help,
        Arity arity,
        Function<GatewayConfig, Form<V>> form,
        Function<GatewayConfig, List<V>> get,
        BiFunction<GatewayConfig, List<V>, GatewayConfig> set)
        implements Entry {

    /** How many values a setting takes. */
    enum Arity {
        /** One value. */
        ONE,
        /** One value, or {@code none}. */
        OPTIONAL,
        /** A list, or text with commas, or {@code none}. */
        MANY
    }

    /** A setting of the devices, of which the rest knows nothing. */
    static <V> Setting<V> apart(String name, Arity arity, Form<V> form) {
        return new Setting<>("", name, "", arity, c -> form, c -> List.of(), (config, values) -> config);
    }

    Setting<V> helped(String text) {
        return new Setting<>(section, name, text, arity, form, get, set);
    }

    Setting<V> within(String key) {
        return new Setting<>(key, name, help, arity, form, get, set);
    }

    /** The form with other values, for a setting whose form depends on those before it. */
    Setting<V> formed(Function<GatewayConfig, Form<V>> other) {
        return new Setting<>(section, name, help, arity, other, get, set);
    }

    /** The key in the file; a dot stands for a mapping within the mapping. */
    @Override
    public String key() {
        return section.isEmpty() ? name : section + "." + name;
    }

    @Override
    public String option() {
        return section.isEmpty() ? "--" + name : "--" + section + " " + name;
    }

    @Override
    public String label() {
        String one = form.apply(Catalogue.DEFAULTS).label();
        return arity == Arity.MANY ? one + "[," + one + "]" : one;
    }

    @Override
    public List<String> description() {
        if (get.apply(Catalogue.DEFAULTS).isEmpty()) {
            return List.of(help);
        }
        return List.of(help + (isSwitch() ? " Off by default." : " Default: " + written() + "."));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(this);
    }

    /** Whether it is on or off. */
    boolean isSwitch() {
        return form.apply(Catalogue.DEFAULTS).equals(Forms.SWITCH);
    }

    /** The default, as it would be written. */
    String written() {
        return written(Catalogue.DEFAULTS);
    }

    /** Its values in a configuration, as they would be written. */
    String written(GatewayConfig config) {
        return form.apply(config).write(get.apply(config));
    }

    /** The default, and in brackets what else it can be, where that is one of a few. */
    String choice() {
        List<String> others = form.apply(Catalogue.DEFAULTS).others(get.apply(Catalogue.DEFAULTS));
        return isSwitch() || others.isEmpty() ? written() : written() + " (or " + String.join(", ", others) + ")";
    }
}
