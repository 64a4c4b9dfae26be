package io.github.culvert.gateway.run;

import io.github.culvert.gateway.tun.TunDevice;
import io.github.culvert.gateway.tun.TunPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Two devices in memory. Whenever the forwarder has nothing to do, the next step of a script runs: it feeds packets,
 * breaks devices, moves the clock. So a run is one thread and always the same.
 */
final class ScriptedTuns implements TunPair {
    /** One device. */
    static final class Device implements TunDevice {
        private final String name;
        private final Deque<byte[]> waiting = new ArrayDeque<>();
        private final List<String> written = new ArrayList<>();
        private boolean down;
        private boolean gone;
        private int readsInARow;
        private int mostReadsInARow;
        private Runnable onRead = () -> {};

        private Device(String name) {
            this.name = name;
        }

        void feed(byte[] packet) {
            waiting.add(packet);
        }

        void down(boolean changed) {
            down = changed;
        }

        void vanish() {
            gone = true;
        }

        List<String> written() {
            return written;
        }

        int mostReadsInARow() {
            return mostReadsInARow;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (gone) {
                throw new IOException("File descriptor in bad state");
            }
            byte[] packet = waiting.poll();
            if (packet == null) {
                return 0;
            }
            mostReadsInARow = Math.max(mostReadsInARow, ++readsInARow);
            onRead.run();
            into.put(packet);
            return packet.length;
        }

        @Override
        public void write(ByteBuffer packet) throws IOException {
            if (down) {
                throw new IOException("Input/output error");
            }
            byte[] bytes = new byte[packet.remaining()];
            packet.get(bytes);
            written.add(RawPackets.describe(bytes));
        }
    }

    private final Device inside = new Device("natlan");
    private final Device outside = new Device("natwan");
    private final Deque<Runnable> script = new ArrayDeque<>();
    private long longestAwait;
    private int wakeUps;
    private boolean closed;

    ScriptedTuns() {
        inside.onRead = () -> outside.readsInARow = 0;
        outside.onRead = () -> inside.readsInARow = 0;
    }

    ScriptedTuns then(Runnable step) {
        script.add(step);
        return this;
    }

    long longestAwait() {
        return longestAwait;
    }

    int wakeUps() {
        return wakeUps;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Device inside() {
        return inside;
    }

    @Override
    public Device outside() {
        return outside;
    }

    @Override
    public void await(long nanos) {
        longestAwait = Math.max(longestAwait, nanos);
        if (!inside.waiting.isEmpty() || !outside.waiting.isEmpty()) {
            throw new AssertionError("waits although packets are there");
        }
        Runnable step = script.poll();
        if (step == null) {
            throw new AssertionError("the script is over, but nobody asked the forwarder to stop");
        }
        step.run();
    }

    @Override
    public void wakeUp() {
        wakeUps++;
    }

    @Override
    public void close() {
        closed = true;
    }
}
