package io.github.culvert.nat.testkit.leak;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails a test run in which a Netty buffer leaked. Found by the JUnit Platform as a service; acts where leak detection
 * is paranoid, so that the runs which count allocations keep Netty's own detectors.
 *
 * <p>A listener of single tests could not fail the run, since the platform swallows what those throw, and would name
 * the wrong test: a leak shows only when garbage is collected. The report carries the stack that made the buffer.
 */
public final class LeakCheck implements LauncherSessionListener {
    private final LeakWatch watch = new LeakWatch();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (ResourceLeakDetector.getLevel() == ResourceLeakDetector.Level.PARANOID) {
            ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(watch);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (ResourceLeakDetectorFactory.instance() == watch) {
            failOn(watch.leaks());
        }
    }

    static void failOn(List<String> leaks) {
        if (!leaks.isEmpty()) {
            throw new IllegalStateException("Netty buffers leaked in this test run:\n" + String.join("\n", leaks));
        }
    }
}
