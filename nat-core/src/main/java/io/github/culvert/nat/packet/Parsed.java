package io.github.culvert.nat.packet;

import io.github.culvert.nat.refusal.Layer;
import io.github.culvert.nat.refusal.Refusal;

/**
 * What became of parsing: a value, or the reason why there is none. Immutable.
 *
 * @param <T> what was to be parsed
 */
public sealed interface Parsed<T> {
    /**
     * The bytes were well formed.
     *
     * @param <T> what was to be parsed
     * @param value the value, whose accessors never fail
     */
    record Valid<T>(T value) implements Parsed<T> {
        @Override
        public T orElseThrow() {
            return value;
        }
    }

    /**
     * The bytes contradict themselves.
     *
     * @param <T> what was to be parsed
     * @param reason why
     * @param layer the header at fault
     * @param offset where the field at fault stands, from the first byte that was to be parsed
     * @param needed what would have been right there: the smallest length in bytes, or the value
     * @param had what was there instead
     */
    record Malformed<T>(Refusal reason, Layer layer, int offset, int needed, int had) implements Parsed<T> {
        @Override
        public T orElseThrow() {
            throw new IllegalArgumentException(explanation());
        }

        /**
         * Says in words what is wrong.
         *
         * @return one line
         */
        public String explanation() {
            return reason + " in " + layer + " at offset " + offset + ": needed " + needed + ", had " + had;
        }
    }

    /**
     * The value.
     *
     * @return the value
     * @throws IllegalArgumentException if the bytes are malformed; the message says why
     */
    T orElseThrow();
}
