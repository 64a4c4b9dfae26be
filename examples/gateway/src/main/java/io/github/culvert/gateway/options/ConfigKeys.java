package io.github.culvert.gateway.options;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of the configuration file, and what a wrong one was probably meant to be. */
final class ConfigKeys {
    private static final int FARTHEST = 3;

    private ConfigKeys() {}

    /** Whether the key holds further keys. */
    static boolean isSection(String key) {
        return Arrays.stream(Setting.values()).anyMatch(s -> s.key().startsWith(key + "."));
    }

    /** What to say of an unknown key. */
    static String instead(String key) {
        List<String> known = keys().toList();
        return known.stream()
                .filter(k -> distance(k, key) <= FARTHEST)
                .min(Comparator.comparingInt(k -> distance(k, key)))
                .map(k -> "did you mean '" + k + "'?")
                .orElseGet(() -> "the keys are " + String.join(", ", known));
    }

    /** What to say of a section that holds no keys. */
    static String within(String section) {
        return keys().filter(k -> k.startsWith(section + "."))
                .map(k -> k.substring(section.length() + 1))
                .collect(Collectors.joining(", ", "a mapping with some of the keys ", ""));
    }

    private static Stream<String> keys() {
        Stream<String> settings = Arrays.stream(Setting.values()).map(Setting::key);
        Stream<String> sections = Arrays.stream(Setting.values())
                .map(Setting::key)
                .filter(k -> k.contains("."))
                .map(k -> k.substring(0, k.indexOf('.')));
        return Stream.concat(settings, sections).distinct();
    }

    /** How many letters differ (Levenshtein). */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
