package io.github.culvert.gateway.run;

/** What other threads ask of the one that forwards. Signals may come before there is anything to forward. */
final class Requests {
    private volatile boolean stopping;
    private volatile boolean reporting;
    private volatile Runnable wakeUp = () -> {};

    /** Names what ends the sleep of the forwarding thread; before it first looks at the requests. */
    void wakeBy(Runnable action) {
        wakeUp = action;
    }

    /** Asks it to end. */
    void stop() {
        stopping = true;
        wakeUp.run();
    }

    /** Asks it for a report. */
    void report() {
        reporting = true;
        wakeUp.run();
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether a report is due; once for each request, or for several that came close together. */
    boolean takeReport() {
        boolean due = reporting;
        reporting = false;
        return due;
    }
}
