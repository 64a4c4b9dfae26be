package io.github.culvert.nat.testkit.leak;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes the leak detectors that Netty asks for and remembers what they report: each entry is a buffer that was
 * garbage before it was released, with the stack that made it. Any thread may call.
 */
final class LeakWatch extends ResourceLeakDetectorFactory {
    private static final long COLLECTION_LIMIT_MILLIS = 10_000;

    private final List<Detector<?>> detectors = new CopyOnWriteArrayList<>();
    private final List<String> leaks = new CopyOnWriteArrayList<>();

    @Override
    @SuppressWarnings("deprecation") // the deprecated one is the abstract one; Netty calls it through the others
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
            Class<T> resource, int samplingInterval, long maxActive) {
        Detector<T> detector = new Detector<>(resource, samplingInterval);
        detectors.add(detector);
        return detector;
    }

    /**
     * Collects garbage and returns what leaked so far.
     *
     * @return one text a leak, empty if all was released
     */
    List<String> leaks() {
        collectGarbage();
        detectors.forEach(Detector::poll);
        return List.copyOf(leaks);
    }

    /** Twice: the references of one collection are queued in no stated order, those of the one before it all are. */
    private static void collectGarbage() {
        awaitCollection();
        awaitCollection();
    }

    private static void awaitCollection() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        WeakReference<Object> canary = new WeakReference<>(new Object(), queue);
        System.gc();
        try {
            if (queue.remove(COLLECTION_LIMIT_MILLIS) != canary) {
                throw new IllegalStateException("the virtual machine did not collect garbage when asked to");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while garbage was collected", e);
        }
    }

    private final class Detector<T> extends ResourceLeakDetector<T> {
        Detector(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        /** Netty looks at the queue of the dead only when the next resource is tracked. */
        @SuppressWarnings("unchecked")
        void poll() {
            T probe = (T) new Object();
            var tracker = trackForcibly(probe);
            if (tracker != null) {
                tracker.close(probe);
            }
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            leaks.add(resourceType + " was not released." + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            leaks.add(resourceType + " was not released.");
        }
    }
}
