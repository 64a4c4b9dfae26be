package io.github.culvert.benchmarks.report;

import java.util.Locale;

/**
 * A line of the report.
 *
 * @param group what it belongs to
 * @param what what was measured
 * @param where under which circumstances, such as the number of sessions
 * @param measured the measured value, with its unit
 * @param beside what it is compared with, or empty
 * @param figure the number that the target is about; NaN if there is no target
 * @param target the target for it
 * @param limit the number in the target
 * @param sense on which side of the limit the figure has to be
 */
record Line(
        String group,
        String what,
        String where,
        String measured,
        String beside,
        double figure,
        String target,
        double limit,
        Sense sense) {

    /** On which side of a limit a figure has to be. */
    enum Sense {
        /** At most the limit. */
        AT_MOST,
        /** At least the limit. */
        AT_LEAST,
        /** There is no limit. */
        NONE
    }

    static Line free(String group, String what, String where, String measured, String beside, double figure) {
        return new Line(group, what, where, measured, beside, figure, "", Double.NaN, Sense.NONE);
    }

    Line atMost(double most) {
        return new Line(group, what, where, measured, beside, figure, "≤ " + text(most), most, Sense.AT_MOST);
    }

    Line atLeast(double least) {
        return new Line(group, what, where, measured, beside, figure, "≥ " + text(least), least, Sense.AT_LEAST);
    }

    /** Whether the target is met, in a word; empty if there is none. */
    String verdict() {
        return switch (sense) {
            case AT_MOST -> figure <= limit ? "met" : "missed";
            case AT_LEAST -> figure >= limit ? "met" : "missed";
            case NONE -> "";
        };
    }

    String figureText() {
        return Double.isNaN(figure) ? "" : text(figure);
    }

    /** Two digits behind the point below 10, else as many as needed for three digits. */
    static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        String format = Math.abs(value) < 10 ? "%.2f" : Math.abs(value) < 1000 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
