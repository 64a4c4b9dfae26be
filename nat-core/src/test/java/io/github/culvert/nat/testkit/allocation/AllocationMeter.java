package io.github.culvert.nat.testkit.allocation;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;

/**
 * Counts the bytes of heap that one thread allocates, exactly: the virtual machine counts what lies in the thread's own
 * buffer too. For the thread that made it only.
 */
public final class AllocationMeter {
    private static final int CALLS_UNTIL_WARM = 20_000;
    private static final int PASSES = 4;

    private final ThreadMXBean machine = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long thread = Thread.currentThread().getId();
    private long began = -1;
    private long counted;

    /** A meter at 0 that has been tried: it allocates nothing itself. */
    public AllocationMeter() {
        for (int i = 0; i < CALLS_UNTIL_WARM; i++) {
            start();
            stop();
        }
        reset();
    }

    /** A meter, in a virtual machine that is fit for one; elsewhere the test that asks is skipped. */
    public static AllocationMeter orSkip() {
        boolean tracked = ResourceLeakDetector.getLevel().compareTo(ResourceLeakDetector.Level.SIMPLE) > 0;
        assumeFalse(tracked, "leak detection above its default allocates with every buffer");
        return new AllocationMeter();
    }

    /** Counts from here on. */
    public void start() {
        began = machine.getThreadAllocatedBytes(thread);
    }

    /** Counts up to here, if it was started since the last stop. */
    public void stop() {
        if (began >= 0) {
            counted += machine.getThreadAllocatedBytes(thread) - began;
            began = -1;
        }
    }

    /** Starts again at 0. */
    public void reset() {
        counted = 0;
    }

    /** What was allocated between all starts and stops, in bytes. */
    public long bytes() {
        return counted;
    }

    /**
     * The least that was counted in several passes of so many rounds each, after one to warm up. The machine itself may
     * allocate once for the thread, such as when it throws away compiled code; what the code under test allocates shows
     * in every pass.
     */
    public long leastOf(int rounds, Runnable round) {
        long least = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES && least > 0; pass++) {
            reset();
            for (int i = 0; i < rounds; i++) {
                round.run();
            }
            least = pass == 0 ? least : Math.min(least, counted);
        }
        return least;
    }
}
