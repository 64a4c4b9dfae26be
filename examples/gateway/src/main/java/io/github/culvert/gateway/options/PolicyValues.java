package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.MssClamp;
import io.github.culvert.nat.config.Rate;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes values that have several parts or forms. A text that is none throws; the message says what is. */
final class PolicyValues {
    private static final int LAST_WELL_KNOWN = 1023;
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9})(?::([0-9]{1,9}))?");
    private static final Pattern SHORT_TIMEOUT = Pattern.compile("([0-9]{1,4}):(.+)");
    private static final Pattern BLOCKS = Pattern.compile("blocks:([0-9]{1,9})");
    private static final Pattern DETERMINISTIC = Pattern.compile("deterministic:([0-9]{1,9}):([0-9]{1,9})");

    private PolicyValues() {}

    static Rate rate(String text) {
        if (text.equals("unlimited")) {
            return Rate.UNLIMITED;
        }
        Matcher parts = RATE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "unlimited, a number a second, or that with a burst, such as 100 or 100:500");
        }
        int perSecond = Integer.parseInt(parts.group(1));
        return new Rate(perSecond, parts.group(2) == null ? perSecond : Integer.parseInt(parts.group(2)));
    }

    static String text(Rate rate) {
        if (rate.equals(Rate.UNLIMITED)) {
            return "unlimited";
        }
        return rate.burst() == rate.perSecond() ? "" + rate.perSecond() : rate.perSecond() + ":" + rate.burst();
    }

    static Map.Entry<Integer, Duration> shortTimeout(String text) {
        Matcher parts = SHORT_TIMEOUT.matcher(text);
        if (parts.matches()) {
            int port = Integer.parseInt(parts.group(1));
            if (port >= 1 && port <= LAST_WELL_KNOWN) {
                return Map.entry(port, Values.duration(parts.group(2)));
            }
        }
        throw new IllegalArgumentException("a remote port of 1 to 1023 and a time, such as 53:10s");
    }

    static String text(Map.Entry<Integer, Duration> shortTimeout) {
        return shortTimeout.getKey() + ":" + Values.durationText(shortTimeout.getValue());
    }

    static MssClamp clamp(String text) {
        return switch (text) {
            case "off" -> new MssClamp.Off();
            case "mtu" -> new MssClamp.ToMtu();
            default -> new MssClamp.To(size(text));
        };
    }

    private static int size(String text) {
        try {
            return Values.number(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("off, mtu or a number of bytes such as 1360", e);
        }
    }

    static String text(MssClamp clamp) {
        if (clamp instanceof MssClamp.To to) {
            return String.valueOf(to.bytes());
        }
        return clamp instanceof MssClamp.ToMtu ? "mtu" : "off";
    }

    static Assignment assignment(String text) {
        if (text.equals("shared")) {
            return new Assignment.Shared();
        }
        Matcher blocks = BLOCKS.matcher(text);
        if (blocks.matches()) {
            return new Assignment.Blocks(Integer.parseInt(blocks.group(1)));
        }
        Matcher fixed = DETERMINISTIC.matcher(text);
        if (fixed.matches()) {
            return new Assignment.Deterministic(Integer.parseInt(fixed.group(1)), Integer.parseInt(fixed.group(2)));
        }
        throw new IllegalArgumentException("shared, blocks with their size, or deterministic with the ports kept for"
                + " more and the size of a block of them: shared, blocks:512 or deterministic:8192:256");
    }

    static String text(Assignment assignment) {
        if (assignment instanceof Assignment.Blocks blocks) {
            return "blocks:" + blocks.size();
        }
        return assignment instanceof Assignment.Deterministic fixed
                ? "deterministic:" + fixed.overflowPorts() + ":" + fixed.overflowBlock()
                : "shared";
    }
}
