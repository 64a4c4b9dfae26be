package io.github.culvert.nat.event;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be logged of an event: fields with unsigned numbers. Immutable.
 *
 * @param values the fields that the record has; an address is its 32 bits
 */
public record LogRecord(Map<LogField, Long> values) {
    /**
     * Copies the map.
     *
     * @param values the fields that the record has, at least one
     */
    public LogRecord {
        values = java.util.Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /**
     * A field.
     *
     * @param field which
     * @return its value, if the record has it
     */
    public Optional<Long> value(LogField field) {
        return Optional.ofNullable(values.get(field));
    }
}
