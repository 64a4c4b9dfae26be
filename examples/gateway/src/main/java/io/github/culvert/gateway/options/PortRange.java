package io.github.culvert.gateway.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A port, or several in a row.
 *
 * @param first the first
 * @param last the last, not below the first
 */
record PortRange(int first, int last) {
    private static final int LARGEST = 65_535;
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    static PortRange parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (parts.matches()) {
            int first = Integer.parseInt(parts.group(1));
            int last = parts.group(2) == null ? first : Integer.parseInt(parts.group(2));
            if (first <= last && last <= LARGEST) {
                return new PortRange(first, last);
            }
        }
        throw new IllegalArgumentException("a port of 0 to 65535, or a range such as 5060-5070");
    }

    /** All ports of these ranges. */
    static TreeSet<Integer> ports(Collection<PortRange> ranges) {
        TreeSet<Integer> ports = new TreeSet<>();
        ranges.forEach(range -> IntStream.rangeClosed(range.first, range.last).forEach(ports::add));
        return ports;
    }

    /** The fewest ranges that have just these ports, in order. */
    static List<PortRange> of(Collection<Integer> ports) {
        List<PortRange> ranges = new ArrayList<>();
        for (int port : new TreeSet<>(ports)) {
            int end = ranges.size() - 1;
            if (end >= 0 && ranges.get(end).last == port - 1) {
                ranges.set(end, new PortRange(ranges.get(end).first, port));
            } else {
                ranges.add(new PortRange(port, port));
            }
        }
        return ranges;
    }

    @Override
    public String toString() {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
