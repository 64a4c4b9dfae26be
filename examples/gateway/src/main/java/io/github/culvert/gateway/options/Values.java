package io.github.culvert.gateway.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of settings. A value that is none throws, and the message says what is allowed. */
final class Values {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,9})([KM]?)");
    private static final int KIBI = 10;
    private static final int LONGEST_IN_SECONDS = 3600;
    private static final Pattern DURATION =
            Pattern.compile("(?:([0-9]{1,4})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,7})m)?(?:([0-9]{1,9})s)?");

    private Values() {}

    static int number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("a whole number of up to nine digits");
        }
        return Integer.parseInt(text);
    }

    /** Reads a size such as {@code 4M}: K and M are powers of 1024. */
    static int bytes(String text) {
        Matcher parts = BYTES.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a number of bytes, such as 65536, 512K or 4M");
        }
        long size = Long.parseLong(parts.group(1)) << shift(parts.group(2));
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private static int shift(String unit) {
        return unit.isEmpty() ? 0 : unit.equals("K") ? KIBI : 2 * KIBI;
    }

    static String bytesText(int bytes) {
        int zeros = Integer.numberOfTrailingZeros(bytes);
        if (zeros >= 2 * KIBI) {
            return (bytes >> 2 * KIBI) + "M";
        }
        return zeros >= KIBI ? (bytes >> KIBI) + "K" : String.valueOf(bytes);
    }

    static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("a time with its units, such as 300s, 5m or 2h4m");
        }
        return Duration.ofDays(part(parts, 1))
                .plusHours(part(parts, 2))
                .plusMinutes(part(parts, 3))
                .plusSeconds(part(parts, 4));
    }

    /** Writes a time in whole seconds so that it is read as the same; with larger units where they divide it. */
    static String durationText(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < LONGEST_IN_SECONDS) {
            return seconds + "s";
        }
        return amount(seconds / 3600, "h") + amount(seconds / 60 % 60, "m") + amount(seconds % 60, "s");
    }

    private static String amount(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
