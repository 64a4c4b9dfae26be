package io.github.culvert.nat.event;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Queues what is to be logged, for another thread to write. Never blocks the engine: what finds the queue full is dropped
 * and counted.
 *
 * <p>Threads: one engine may fill it, and one other thread at a time may {@link #drain} it. Any thread may ask how much
 * there is.
 */
public final class NatLog implements NatListener {
    private final LogProfile profile;
    private final LongSupplier epochMillis;
    private final AtomicReferenceArray<@Nullable Entry> entries;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * An empty queue.
     *
     * @param profile which records are logged
     * @param capacity how many records may wait, at least 1
     * @param epochMillis the wall clock that records get their time from, in milliseconds since 1970; asked by the
     *     thread of the engine, and used for nothing else
     * @throws IllegalArgumentException if the capacity is below 1
     */
    public NatLog(LogProfile profile, int capacity, LongSupplier epochMillis) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is below 1");
        }
        this.profile = profile;
        this.epochMillis = epochMillis;
        this.entries = new AtomicReferenceArray<>(capacity);
    }

    @Override
    public void on(NatEvent event) {
        if (!profile.logs(event)) {
            return;
        }
        long position = written.getPlain();
        if (position - read.getAcquire() >= entries.length()) {
            dropped.setOpaque(dropped.getPlain() + 1);
            return;
        }
        entries.setPlain(place(position), new Entry(event, epochMillis.getAsLong()));
        written.setRelease(position + 1);
    }

    /**
     * Takes records out, oldest first.
     *
     * @param writer is given each record; if it throws, that record counts as taken
     * @param most how many records to take at most
     * @return how many were taken
     */
    public int drain(Consumer<? super LogRecord> writer, int most) {
        int taken = 0;
        while (taken < most && read.getPlain() < written.getAcquire()) {
            Entry entry = take();
            taken++;
            if (entry != null) {
                profile.record(entry.event, entry.epochMillis).ifPresent(writer);
            }
        }
        return taken;
    }

    private @Nullable Entry take() {
        long position = read.getPlain();
        Entry entry = entries.getPlain(place(position));
        entries.setPlain(place(position), null);
        read.setRelease(position + 1);
        return entry;
    }

    private int place(long position) {
        return (int) (position % entries.length());
    }

    /**
     * How many records wait.
     *
     * @return 0 to the capacity
     */
    public int waiting() {
        // the reader may have gone on between the two
        return (int) Math.max(0, written.getAcquire() - read.getAcquire());
    }

    /**
     * How many records were lost since the queue was full.
     *
     * @return how many since the start
     */
    public long dropped() {
        return dropped.getOpaque();
    }

    private record Entry(NatEvent event, long epochMillis) {}
}
