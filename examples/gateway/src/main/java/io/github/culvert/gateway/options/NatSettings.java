package io.github.culvert.gateway.options;

import io.github.culvert.gateway.options.SettingReader.Read;
import io.github.culvert.nat.config.ConfigProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the configuration from the settings, and names its problems by where the values stand. */
final class NatSettings {
    /** What can only be judged when the addresses on both sides are known. */
    private static final Set<Setting<?>> BETWEEN_ADDRESSES =
            Set.of(AddressSettings.FORWARD, AddressSettings.ADDRESS_FORWARD);

    private final SettingReader reader;
    private final Map<Setting<?>, List<? extends Read<?>>> read = new HashMap<>();

    NatSettings(SettingReader reader) {
        this.reader = reader;
    }

    GatewayConfig config() {
        GatewayConfig config = Catalogue.DEFAULTS;
        for (Setting<?> setting : Catalogue.natSettings().toList()) {
            config = with(setting, config);
        }
        boolean addresses = isKnown(AddressSettings.INSIDE_NET) && isKnown(AddressSettings.PUBLIC);
        config.problems().forEach(problem -> report(problem, addresses));
        return config;
    }

    private <V> GatewayConfig with(Setting<V> setting, GatewayConfig config) {
        if (!reader.has(setting)) {
            return config;
        }
        List<Read<V>> values = reader.all(setting, config);
        read.put(setting, values);
        boolean nothing = values.isEmpty() && reader.isBroken(setting);
        return nothing
                ? config
                : setting.set().apply(config, values.stream().map(Read::value).toList());
    }

    private boolean isKnown(Setting<?> setting) {
        return !read.getOrDefault(setting, List.of()).isEmpty() && !reader.isBroken(setting);
    }

    /** Reports a problem, unless it only says that what could not be read is missing, or cannot be judged. */
    private void report(ConfigProblem problem, boolean addresses) {
        Optional<Setting<?>> named = Catalogue.ofProblem(problem.setting());
        if (named.isEmpty()) {
            reader.problem(problem);
            return;
        }
        Setting<?> setting = named.get();
        boolean missing = problem.value().isEmpty() && reader.isBroken(setting);
        if (!missing && (addresses || !BETWEEN_ADDRESSES.contains(setting))) {
            reader.problem(origin(problem, setting));
        }
    }

    /** The problem as the user would say it: the place of the value and the value as it was written. */
    private ConfigProblem origin(ConfigProblem problem, Setting<?> setting) {
        List<? extends Read<?>> values = read.getOrDefault(setting, List.of());
        boolean only = values.size() == 1 && setting.arity() != Setting.Arity.MANY;
        return values.stream()
                .filter(value -> only || value.isQuotedBy(problem))
                .findFirst()
                .map(value ->
                        new ConfigProblem(value.given().origin(), value.given().text(), problem.allowed()))
                .orElseGet(() -> new ConfigProblem(setting.option(), problem.value(), problem.allowed()));
    }
}
