package io.github.culvert.nat.engine;

import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.fragment.FragmentStore;
import io.github.culvert.nat.mapping.Answer;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** The counters. Written by the thread of the engine without a fence, read by any thread. */
final class Meters implements NatCounters {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int PACKETS = 0;
    private static final int BYTES = 2;
    private static final int COPIED = 4;
    private static final int CREATED = 5;
    private static final int CLOSED = 6;
    private static final int FAILURES = 7;
    private static final int REFUSED = 8;
    private static final int TO_HOST = REFUSED + Refusal.count();
    private static final int ANSWERS = TO_HOST + HostTraffic.values().length;

    private final long[] cells = new long[ANSWERS + Answer.values().length];
    private final Map<String, Long> notices = new ConcurrentHashMap<>();
    private final AtomicLongArray gauges = new AtomicLongArray(Gauge.values().length);
    private final AtomicLongArray limits = new AtomicLongArray(Gauge.values().length);

    void forwarded(int direction, int bytes) {
        cells[PACKETS + direction]++;
        cells[BYTES + direction] += bytes;
    }

    void countRefused(Refusal reason) {
        cells[REFUSED + reason.ordinal()]++;
    }

    void countToHost(HostTraffic kind) {
        cells[TO_HOST + kind.ordinal()]++;
    }

    void countAnswer(Answer answer) {
        cells[ANSWERS + answer.ordinal()]++;
    }

    void copiedOne() {
        cells[COPIED]++;
    }

    void sessionCreated() {
        cells[CREATED]++;
    }

    void sessionClosed() {
        cells[CLOSED]++;
    }

    void callbackFailed() {
        cells[FAILURES]++;
    }

    void notice(String name) {
        notices.merge(name, 1L, Long::sum);
    }

    @Override
    public Map<String, Long> notices() {
        return Map.copyOf(notices);
    }

    void gauge(Gauge gauge, long value) {
        gauges.setOpaque(gauge.ordinal(), value);
    }

    void limit(Gauge gauge, long value) {
        limits.setOpaque(gauge.ordinal(), value);
    }

    void limits(NatConfig config, FlowTable table) {
        for (Gauge gauge : Gauge.values()) {
            long limit = switch (gauge) {
                case SESSIONS, CHANNELS -> config.limits().sessions();
                case MAPPINGS -> config.limits().mappings();
                case HOSTS -> config.limits().hosts();
                case ADDRESSES -> config.publicAddresses().size();
                case IDENTIFIERS -> table.identifierCapacity();
                case HELD_PACKETS -> FragmentStore.most(config.fragments());
                case HELD_BYTES -> config.fragments().bytes();
                case HELD_SYNS -> config.limits().heldSyns();
                case STREAM_BYTES -> Channels.mostHeldBytes();
                case COMMANDS, MEMORY -> Long.MAX_VALUE;
            };
            limits.setOpaque(gauge.ordinal(), limit);
        }
    }

    private long cell(int index) {
        return (long) CELL.getOpaque(cells, index);
    }

    @Override
    public long packets(Direction direction) {
        return cell(PACKETS + direction.ordinal());
    }

    @Override
    public long bytes(Direction direction) {
        return cell(BYTES + direction.ordinal());
    }

    @Override
    public long refused(Refusal reason) {
        return cell(REFUSED + reason.ordinal());
    }

    @Override
    public long toHost(HostTraffic kind) {
        return cell(TO_HOST + kind.ordinal());
    }

    @Override
    public long answers(Answer answer) {
        return cell(ANSWERS + answer.ordinal());
    }

    @Override
    public long copied() {
        return cell(COPIED);
    }

    @Override
    public long sessionsCreated() {
        return cell(CREATED);
    }

    @Override
    public long sessionsClosed() {
        return cell(CLOSED);
    }

    @Override
    public long callbackFailures() {
        return cell(FAILURES);
    }

    @Override
    public long gauge(Gauge gauge) {
        return gauges.getOpaque(gauge.ordinal());
    }

    @Override
    public long limit(Gauge gauge) {
        return limits.getOpaque(gauge.ordinal());
    }
}
