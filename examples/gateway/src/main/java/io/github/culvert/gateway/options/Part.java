package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.NatConfig;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A part of the configuration, of which settings are made.
 *
 * @param of the part in a configuration
 * @param with a configuration with another part
 * @param <R> the part
 */
record Part<R>(Function<GatewayConfig, R> of, BiFunction<GatewayConfig, R, GatewayConfig> with) {

    /** A part of the configuration of the NAT. */
    static <R> Part<R> ofNat(Function<NatConfig, R> of, BiFunction<NatConfig, R, NatConfig> with) {
        return new Part<>(
                config -> of.apply(config.nat()), (config, part) -> config.withNat(with.apply(config.nat(), part)));
    }

    /** A setting with one value. */
    <V> Setting<V> one(String name, Form<V> form, Function<R, V> get, BiFunction<R, V, R> set) {
        return new Setting<>(
                "",
                name,
                "",
                Setting.Arity.ONE,
                c -> form,
                config -> List.of(get.apply(of.apply(config))),
                (config, values) -> with.apply(config, set.apply(of.apply(config), values.get(0))));
    }

    /** A setting with one value or none. */
    <V> Setting<V> optional(
            String name, Form<V> form, Function<R, Optional<V>> get, BiFunction<R, Optional<V>, R> set) {
        return new Setting<>(
                "",
                name,
                "",
                Setting.Arity.OPTIONAL,
                c -> form,
                config -> get.apply(of.apply(config)).stream().toList(),
                (config, values) -> with.apply(
                        config, set.apply(of.apply(config), values.stream().findFirst())));
    }

    /** A setting with a list of values. */
    <V> Setting<V> many(String name, Form<V> form, Function<R, Collection<V>> get, BiFunction<R, List<V>, R> set) {
        return new Setting<>(
                "",
                name,
                "",
                Setting.Arity.MANY,
                c -> form,
                config -> List.copyOf(get.apply(of.apply(config))),
                (config, values) -> with.apply(config, set.apply(of.apply(config), values)));
    }
}
