package io.github.culvert.nat.testkit.conformance;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of the list of requirements.
 *
 * @param id such as {@code NAT-CKS-03}; tests carry it as a tag
 * @param source the RFC with its section, or {@code own}
 * @param priority how much it matters
 * @param words what is required, in a few words
 * @param coverage how much of it tests are meant to show
 * @param reason why not all of it, empty for {@link Coverage#WHOLE}
 */
record Requirement(String id, String source, Priority priority, String words, Coverage coverage, String reason) {
    private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]*(-[A-Z]+)?-[0-9]{2}");

    /** Whether a tag of a test has the form of an id; other tags are none of our business. */
    static boolean isId(String tag) {
        return ID.matcher(tag).matches();
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is no requirement; the message quotes the line
     */
    static Requirement parse(String line) {
        List<String> fields = List.of(line.split("\\s*\\|\\s*", -1));
        if (fields.size() < 4 || fields.size() > 5 || !isId(fields.get(0)) || fields.contains("")) {
            throw notARequirement(line);
        }
        String state = fields.size() == 5 ? fields.get(4) : "";
        Coverage coverage = coverage(state, line);
        return new Requirement(
                fields.get(0),
                fields.get(1),
                Priority.valueOf(fields.get(2)),
                fields.get(3),
                coverage,
                state.substring(coverage.prefix().length()).strip());
    }

    private static Coverage coverage(String state, String line) {
        for (Coverage declared : List.of(Coverage.PARTLY, Coverage.NOT_APPLICABLE)) {
            if (state.startsWith(declared.prefix())
                    && state.length() > declared.prefix().length()) {
                return declared;
            }
        }
        if (!state.isEmpty()) {
            throw notARequirement(line);
        }
        return Coverage.WHOLE;
    }

    private static IllegalArgumentException notARequirement(String line) {
        return new IllegalArgumentException(
                "not of the form 'id | source | priority | words [| partly: why, or not applicable: why]': " + line);
    }
}
