package io.github.culvert.benchmarks.memory;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/** What this virtual machine uses, seen from outside of whatever uses it. */
final class Footprint {
    private static final int MOST_COLLECTIONS = 10;
    private static final long PAUSE_NANOS = 20_000_000;

    private Footprint() {}

    /** Bytes of live heap and of direct memory; direct memory is freed a little after the buffer is collected. */
    static long bytes() {
        long before = collected();
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            long now = collected();
            if (now == before) {
                break;
            }
            before = now;
        }
        return before;
    }

    private static long collected() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct();
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
