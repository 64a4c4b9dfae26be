package io.github.culvert.nat.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What other threads want done; run by the thread of the engine in {@code advance}. */
final class Commands {
    private final ConcurrentLinkedQueue<Command<?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Meters meters;
    private volatile boolean closed;

    Commands(Meters meters) {
        this.meters = meters;
    }

    <T extends @Nullable Object> CompletableFuture<T> submit(
            NatTable table, Function<? super NatTable, ? extends T> command) {
        CompletableFuture<T> result = new CompletableFuture<>();
        queue.add(new Command<>(table, command, result));
        waiting.incrementAndGet();
        if (closed) {
            cancel();
        }
        return result;
    }

    /** Runs at most so many commands; returns how many it ran. */
    int run(int budget) {
        int ran = 0;
        while (ran < budget && waiting.get() > 0) {
            Command<?> command = queue.poll();
            if (command == null) {
                break;
            }
            waiting.decrementAndGet();
            ran++;
            if (!command.succeeds()) {
                meters.callbackFailed();
            }
        }
        return ran;
    }

    int waiting() {
        return waiting.get();
    }

    /** Ends what still waits and what comes later. */
    void close() {
        closed = true;
        cancel();
    }

    private void cancel() {
        for (Command<?> command = queue.poll(); command != null; command = queue.poll()) {
            waiting.decrementAndGet();
            command.result().cancel(false);
        }
    }

    private record Command<T extends @Nullable Object>(
            NatTable table, Function<? super NatTable, ? extends T> work, CompletableFuture<T> result) {
        /** Runs the command; whatever it throws is for the one who waits for the result, not for the engine. */
        boolean succeeds() {
            try {
                result.complete(work.apply(table));
                return true;
            } catch (Throwable e) {
                result.completeExceptionally(e);
                return false;
            }
        }
    }
}
