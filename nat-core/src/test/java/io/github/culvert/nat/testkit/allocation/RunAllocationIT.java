package io.github.culvert.nat.testkit.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The virtual machines that count bytes per packet are what they claim to be. The build starts four: leak detection
 * at Netty's default and off, all compilers and C1 alone. Classes named {@code *AllocationIT} run in each of them.
 */
class RunAllocationIT {
    private static final String DETECTOR = System.getProperty("culvert.allocation.detector", "");
    private static final String COMPILER = System.getProperty("culvert.allocation.compiler", "");

    @BeforeAll
    static void theBuildSaysWhatToExpect() {
        assumeTrue(!DETECTOR.isEmpty(), "started by something else than the build");
    }

    @Test
    void noAgentIsLoaded() {
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .noneMatch(argument -> argument.startsWith("-javaagent") || argument.startsWith("-agent"));
    }

    @Test
    void leakDetectionIsAtItsDefaultOrOff() {
        Level expected = switch (DETECTOR) {
            case "default" -> Level.SIMPLE;
            case "off" -> Level.DISABLED;
            default -> throw new AssertionError(DETECTOR);
        };

        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(expected);
        assertThat(ResourceLeakDetectorFactory.instance().getClass().getName()).startsWith("io.netty.util.");
    }

    @Test
    void theCompilersAreAllOrC1Alone() {
        int expected = switch (COMPILER) {
            case "default" -> 4;
            case "c1" -> 1;
            default -> throw new AssertionError(COMPILER);
        };
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

        assertThat(machine.getVMOption("TieredStopAtLevel").getValue()).isEqualTo(Integer.toString(expected));
    }

    @Test
    void theCounterSeesEveryByte() {
        var counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        counter.getThreadAllocatedBytes(thread);

        long before = counter.getThreadAllocatedBytes(thread);
        byte[] block = new byte[10_000];
        long after = counter.getThreadAllocatedBytes(thread);

        assertThat(after - before).isBetween((long) block.length, block.length + 1_000L);
    }
}
