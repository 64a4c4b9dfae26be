package io.github.culvert.nat.channel;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;

/** How much of something each inside host has; who has nothing takes no memory. Not safe for use by several threads. */
final class HostCounts {
    private final IntObjectMap<Integer> counts = new IntObjectHashMap<>();

    int of(int host) {
        Integer count = counts.get(host);
        return count == null ? 0 : count;
    }

    void add(int host, int change) {
        int count = of(host) + change;
        if (count == 0) {
            counts.remove(host);
        } else {
            counts.put(host, Integer.valueOf(count));
        }
    }
}
