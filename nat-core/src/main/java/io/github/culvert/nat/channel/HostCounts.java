package io.github.culvert.nat.channel;

import java.util.HashMap;
import java.util.Map;

/** How much of something each inside host has; who has nothing takes no memory. Not safe for use by several threads. */
final class HostCounts {
    private final Map<Integer, Integer> counts = new HashMap<>();

    int of(int host) {
        Integer count = counts.get(host);
        return count == null ? 0 : count;
    }

    void add(int host, int change) {
        int count = of(host) + change;
        if (count == 0) {
            counts.remove(host);
        } else {
            counts.put(host, count);
        }
    }
}
