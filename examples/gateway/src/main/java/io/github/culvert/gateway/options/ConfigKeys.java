package io.github.culvert.gateway.options;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a wrong key was probably meant to be. */
final class ConfigKeys {
    private static final int FARTHEST = 3;

    private ConfigKeys() {}

    /** What to say of an unknown key at the top of the file. */
    static String instead(String key) {
        List<String> top = Catalogue.entries().map(Entry::key).toList();
        Stream<String> all = Stream.concat(Catalogue.settings().map(Setting::key), top.stream());
        return meant(key, all).orElseGet(() -> "the keys are " + String.join(", ", top));
    }

    /** What to say of an unknown key within a section. */
    static String instead(Section section, String name) {
        return meant(name, section.settings().stream().map(Setting::name))
                .orElseGet(() -> "the keys of " + section.key() + " are " + section.names());
    }

    private static Optional<String> meant(String key, Stream<String> known) {
        int farthest = Math.min(FARTHEST, key.length() - 1);
        return known.distinct()
                .filter(k -> distance(k, key) <= farthest)
                .min(Comparator.comparingInt(k -> distance(k, key)))
                .map(k -> "did you mean '" + k + "'?");
    }

    /** What to say of a section that holds no keys. */
    static String within(Section section) {
        return "a mapping with some of the keys " + section.names();
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
