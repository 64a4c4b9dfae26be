package io.github.culvert.nat.engine;

import io.github.culvert.nat.answer.Answers;
import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.flow.Header;
import io.github.culvert.nat.flow.Translator;
import io.github.culvert.nat.fragment.FragmentStore;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Ticks;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A NAT: packets in, translated packets out (RFC 3022). Many inside hosts share the public addresses; mapping and
 * filtering behave for each protocol as configured (RFC 4787). Inside hosts reach each other at their public endpoints,
 * under the filter that holds for the outside. A datagram in fragments is judged whole, when the last of them has come,
 * and leaves in the fragments that it came in.
 *
 * <p><b>Threads.</b> An engine belongs to one thread. Others may call {@link #submit} and read {@link #counters()}.
 * With assertions on ({@code -ea}), a call by the wrong thread is an error that names both.
 *
 * <p><b>Time.</b> {@code now} is nanoseconds of any clock that never goes back, the same for all calls; a value before
 * an earlier one counts as that. What happens by time alone happens in {@link #advance}: call it when it asks to be
 * called. A session takes no packet after its timeout, to about a millisecond; its identifier is free, and its mapping's
 * filter closed, once the engine has come round to it: within 70 ms where {@link #advance} is called in time, and
 * otherwise bit by bit with each new flow.
 *
 * <p><b>Buffers.</b> A packet starts at the reader index and ends at the writer index; what stands before it is kept.
 * Bytes behind its total length are padding and are cut off. Each call takes over one reference to each packet, in
 * every case. What goes inside, outside or to the host is handed to the sink, which owns it then; a refused packet is
 * only lent to the sink and released after. If the sink throws, the engine releases what it still owns and lets the
 * exception out. Heap, direct, sliced and composite buffers are translated in place; read-only buffers, and those whose
 * reference count is above 1 since somebody else may read them, are copied through the allocator and counted; the count
 * is that of the buffer handed in, which for slices of pooled buffers is one of their own. A packet may be held back; it
 * leaves through the sink of a later call.
 */
public final class NatEngine implements AutoCloseable {
    private final Meters meters = new Meters();
    private final EngineThread thread = new EngineThread();
    private final Commands commands = new Commands(meters);
    private final Delivery delivery;
    private final Outbox outbox;
    private final Announcer announcer;
    private final FlowTable table;
    private final Channels channels;
    private final Translator translator;
    private final Settings settings;
    private final TableAccess access;
    private final BatchRun batches;
    private final Header header = new Header();
    private final ByteBufAllocator allocator;
    private final long startNanos;
    private long tick;
    private int rekeyed;
    private @Nullable ByteBuffer wrapped;

    NatEngine(NatEngineBuilder builder) {
        NatConfig config = builder.config.validate();
        announcer = new Announcer(builder.listeners, meters);
        delivery = new Delivery(meters, announcer);
        table = new FlowTable(config, builder.random, announcer);
        announcer.watch(table, FragmentStore.most(config.fragments()));
        outbox = new Outbox(builder.allocator);
        Answers answers = new Answers(config, table, outbox, meters::countAnswer);
        channels = new Channels(table, builder.random, outbox, announcer);
        builder.algs.forEach(channels::add);
        announcer.follow(channels);
        translator = new Translator(table, channels, config, builder.random, outbox, answers);
        settings = new Settings(config, table, meters);
        access = new TableAccess(settings, table, channels, thread, () -> tick, builder.startNanos, announcer);
        batches = new BatchRun(this, translator, delivery, outbox);
        allocator = builder.allocator;
        startNanos = builder.startNanos;
        config.forwards().forEach(table.forwards()::add);
        measure();
    }

    /**
     * Starts building an engine.
     *
     * @param config the configuration; {@link NatEngineBuilder#build()} validates it
     * @return a builder
     */
    public static NatEngineBuilder builder(NatConfig config) {
        return new NatEngineBuilder(config);
    }

    /**
     * Translates a packet.
     *
     * @param packet the packet; the call takes over one reference
     * @param from where it comes from
     * @param checksum what is known about its transport checksum
     * @param now nanoseconds
     * @param sink takes what comes out
     */
    public void translate(
            ByteBuf packet, Side from, ChecksumStatus checksum, long now, PacketSink<? super ByteBuf> sink) {
        assert thread.isMine();
        ByteBuf own = mustCopy(packet) ? copiedOrReleased(packet) : packet;
        header.window.open(own);
        int verdict;
        try {
            verdict = decide(header, from, checksum, tick(now));
        } catch (Throwable e) {
            outbox.clear();
            own.release();
            throw e;
        }
        try {
            delivery.give(own, header, verdict, sink);
        } catch (Throwable e) {
            outbox.clear();
            throw e;
        }
        if (!outbox.isEmpty()) {
            delivery.empty(outbox, sink);
        }
    }

    /**
     * Translates the packets of a batch, in their order, and empties it.
     *
     * @param batch the packets; the call takes over the references that the batch holds
     * @param now nanoseconds
     * @param sink takes what comes out
     */
    public void translate(PacketBatch batch, long now, PacketSink<? super ByteBuf> sink) {
        assert thread.isMine();
        batches.translate(batch, tick(now), sink);
    }

    /**
     * Translates a packet in place. The packet is only lent; what is held back is copied.
     *
     * @param packet the bytes between position and limit; the sink is given this very buffer with its limit at the end
     *     of the packet
     * @param from where it comes from
     * @param checksum what is known about its transport checksum
     * @param now nanoseconds
     * @param sink is lent what comes out
     * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
     */
    public void translate(
            ByteBuffer packet, Side from, ChecksumStatus checksum, long now, PacketSink<? super ByteBuffer> sink) {
        assert thread.isMine();
        if (packet.isReadOnly()) {
            throw new java.nio.ReadOnlyBufferException();
        }
        header.window.open(packet);
        try {
            int verdict = decide(header, from, checksum, tick(now));
            if (Verdict.isForwarded(verdict)) {
                packet.limit(packet.position() + header.total());
            }
            delivery.hand(packet, header, verdict, sink);
        } catch (Throwable e) {
            outbox.clear();
            throw e;
        }
        if (!outbox.isEmpty()) {
            delivery.empty(outbox, new LendingSink(sink));
        }
    }

    /**
     * Translates a packet in place. The packet is only lent; what is held back is copied.
     *
     * @param bytes holds the packet
     * @param offset where it starts
     * @param length how many bytes it has
     * @param from where it comes from
     * @param checksum what is known about its transport checksum
     * @param now nanoseconds
     * @param sink is lent what comes out, as a buffer on the array; the buffer is used again for the next packet
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    @SuppressWarnings({"ByteBufferBackingArray", "ReferenceEquality"}) // the wrapper's own array: is it the same one?
    public void translate(
            byte[] bytes,
            int offset,
            int length,
            Side from,
            ChecksumStatus checksum,
            long now,
            PacketSink<? super ByteBuffer> sink) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        ByteBuffer buffer = wrapped;
        if (buffer == null || buffer.array() != bytes) {
            buffer = ByteBuffer.wrap(bytes);
            wrapped = buffer;
        }
        buffer.limit(offset + length).position(offset);
        translate(buffer, from, checksum, now, sink);
    }

    /**
     * Translates an immutable packet.
     *
     * @param packet the packet
     * @param from where it comes from
     * @param checksum what is known about its transport checksum
     * @param now nanoseconds
     * @return what comes out: none, one or several packets
     * @throws IllegalStateException if an MTU is so small that the header of a transport, of up to 60 bytes, had to be
     *     cut: what comes out then is no {@link Ipv4Packet}
     */
    public List<Outcome> translate(Ipv4Packet packet, Side from, ChecksumStatus checksum, long now) {
        Outcomes outcomes = new Outcomes();
        translate(ByteBuffer.wrap(packet.octets().toByteArray()), from, checksum, now, outcomes);
        return outcomes.list();
    }

    /**
     * Does what is due by time: ends sessions, moves growing indexes, runs the commands of other threads.
     *
     * @param now nanoseconds
     * @param budget the most steps to do, at least 1; what is left over is done by the next call
     * @param sink takes what comes out by time
     * @return when to call again, in nanoseconds; {@link Long#MAX_VALUE} if nothing will ever be due. Never later than
     *     needed, sometimes earlier. Commands of other threads do not change it
     */
    public long advance(long now, int budget, PacketSink<? super ByteBuf> sink) {
        assert thread.isMine();
        if (budget < 1) {
            throw new IllegalArgumentException("budget " + budget + " is below 1");
        }
        long current = tick(now);
        int left = table.advance(current, budget - commands.run(budget));
        try {
            left = translator.advance(current, left);
        } catch (Throwable e) {
            outbox.clear();
            throw e;
        }
        delivery.empty(outbox, sink);
        boolean more = table.work() || left <= 0 || commands.waiting() > 0;
        if (rekeyed != table.rekeyed()) {
            rekeyed = table.rekeyed();
            announcer.rekeyed();
        }
        measure();
        header.window.close();
        batches.forget();
        return more ? now : deadline(Math.min(table.nextTick(), translator.nextTick()));
    }

    private long deadline(long next) {
        long nanos = Ticks.nanos(next);
        return nanos == Long.MAX_VALUE ? nanos : startNanos + nanos;
    }

    /**
     * The NAT table.
     *
     * @return the table, for the thread of the engine
     */
    public NatTable table() {
        return access;
    }

    /**
     * The configuration in force: the one that the engine was built with, and what {@link NatTable} has changed since.
     *
     * @return the configuration, for any thread
     */
    public NatConfig config() {
        return settings.current();
    }

    /**
     * The counters and gauges. Gauges are brought up to date by {@link #advance}.
     *
     * @return the counters, for any thread
     */
    public NatCounters counters() {
        return meters;
    }

    /**
     * Has a command run by the thread of the engine, within its next {@link #advance}. Any thread may call. After
     * {@link #close} the command is cancelled at once.
     *
     * @param <T> what the command gives
     * @param command is given the table
     * @return the result, or the exception that the command threw
     */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Function<? super NatTable, ? extends T> command) {
        return commands.submit(access, command);
    }

    /** Gives the engine to the next thread that calls it. The caller sees to it that the two do not overlap. */
    public void handOver() {
        thread.handOver();
    }

    /**
     * Ends the engine: commands that still wait are cancelled, packets that are held are forgotten. Sessions end without
     * events.
     */
    @Override
    public void close() {
        commands.close();
        outbox.clear();
        translator.close();
        measure();
    }

    /** All sessions and mappings. */
    FlowTable flows() {
        return table;
    }

    /** The current tick; time never goes back. */
    long tick(long now) {
        long current = Ticks.of(now - startNanos);
        if (current > tick) {
            if (current - tick > Ticks.LONGEST_STEP) {
                table.lapse(current);
            }
            tick = current;
            announcer.at(current);
        }
        return tick;
    }

    /** The verdict about a packet that a header's window points to. */
    int decide(Header packet, Side from, ChecksumStatus checksum, long current) {
        if (from == Side.HOST) {
            int verdict = translator.readOfHost(packet);
            return verdict < 0 ? verdict : translator.finishOfHost(packet, checksum, current);
        }
        return translator.translate(packet, from.ordinal(), checksum, current);
    }

    /** The packet of a lane; one that must not be written to is replaced by a copy first. */
    ByteBuf owned(PacketBatch batch, int lane) {
        ByteBuf packet = batch.packet(lane);
        if (mustCopy(packet)) {
            packet = copied(packet);
            batch.replace(lane, packet);
        }
        return packet;
    }

    private static boolean mustCopy(ByteBuf packet) {
        return packet.refCnt() != 1 || packet.isReadOnly();
    }

    /** A copy; the packet is released, unless there is no memory for the copy. */
    private ByteBuf copied(ByteBuf packet) {
        int length = packet.readableBytes();
        ByteBuf copy = allocator.buffer(length).writeBytes(packet, packet.readerIndex(), length);
        packet.release();
        meters.copiedOne();
        return copy;
    }

    private ByteBuf copiedOrReleased(ByteBuf packet) {
        try {
            return copied(packet);
        } catch (Throwable e) {
            packet.release();
            throw e;
        }
    }

    private void measure() {
        meters.gauge(Gauge.SESSIONS, table.sessionCount());
        meters.gauge(Gauge.MAPPINGS, table.mappingCount());
        meters.gauge(Gauge.HOSTS, table.hostCount());
        meters.gauge(Gauge.ADDRESSES, table.addressesInUse());
        meters.gauge(Gauge.IDENTIFIERS, table.identifierCount());
        meters.gauge(Gauge.HELD_PACKETS, translator.heldPackets());
        meters.gauge(Gauge.HELD_BYTES, translator.heldBytes());
        meters.gauge(Gauge.HELD_SYNS, translator.heldCount());
        meters.gauge(Gauge.CHANNELS, channels.size());
        meters.gauge(Gauge.STREAM_BYTES, channels.heldBytes());
        meters.gauge(Gauge.COMMANDS, commands.waiting());
        meters.gauge(Gauge.MEMORY, table.memory());
        meters.limit(Gauge.IDENTIFIERS, table.identifierCapacity());
    }

    static Octets octets(ByteBuffer lent) {
        byte[] bytes = new byte[lent.remaining()];
        lent.duplicate().get(bytes);
        return Octets.of(bytes);
    }
}
