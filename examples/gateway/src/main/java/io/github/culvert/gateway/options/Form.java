package io.github.culvert.gateway.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a value of some type is written.
 *
 * @param label what stands for a value in a help text: a word such as {@code TIME}, or the values with bars between
 * @param reading makes the value from text
 * @param writing makes text from the value
 * @param <V> the type
 */
record Form<V>(String label, Reading<? extends V> reading, Function<? super V, String> writing) {

    /**
     * Reads a value.
     *
     * @param <V> what it makes of the text
     */
    @FunctionalInterface
    interface Reading<V> {
        /**
         * Reads a value.
         *
         * @throws IllegalArgumentException if the text is none; the message says what is allowed
         */
        V of(String text);
    }

    /** One of some constants, in small letters and with hyphens. */
    static <E extends Enum<E>> Form<E> choice(List<E> constants) {
        List<String> words = constants.stream().map(Form::word).toList();
        return new Form<>(String.join("|", words), text -> constants.get(place(text, words)), Form::word);
    }

    private static int place(String text, List<String> words) {
        if (!words.contains(text)) {
            throw new IllegalArgumentException("one of " + String.join(", ", words));
        }
        return words.indexOf(text);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String write(List<? extends V> values) {
        return values.isEmpty() ? "none" : values.stream().map(writing).collect(Collectors.joining(","));
    }

    /** The values that can stand here besides these, where they are few and fixed. */
    List<String> others(List<? extends V> values) {
        List<String> written = values.stream().map(writing).toList();
        return label.contains("|")
                ? Arrays.stream(label.split("\\|"))
                        .filter(word -> !written.contains(word))
                        .toList()
                : List.of();
    }
}
