package io.github.culvert.benchmarks.leg;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What times a turn of a ring. */
enum Clock {
    /** For turns of some microseconds: cheap to read, and the median turn is one that nobody interrupted. */
    WALL {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    },
    /** For longer turns, within which other threads do come to run: time of this thread alone. */
    CPU {
        @Override
        long nanos() {
            return THREADS.getCurrentThreadCpuTime();
        }
    };

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    abstract long nanos();
}
