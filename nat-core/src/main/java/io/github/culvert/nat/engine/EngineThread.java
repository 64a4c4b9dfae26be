package io.github.culvert.nat.engine;

import org.jspecify.annotations.Nullable;

/**
 * Whose an engine is: the first thread that uses it, until it is handed over. Asked in assertions only, so it costs
 * nothing unless they are on ({@code -ea}).
 */
final class EngineThread {
    private @Nullable Thread owner;

    /** True, or an error that names both threads. */
    boolean isMine() {
        Thread current = Thread.currentThread();
        Thread first = owner;
        if (first == null) {
            owner = current;
        } else if (first != current) {
            throw new AssertionError("the engine belongs to thread '" + first.getName() + "' and was called by '"
                    + current.getName() + "'; pass the work to submit(), or call handOver() before");
        }
        return true;
    }

    void handOver() {
        owner = null;
    }
}
