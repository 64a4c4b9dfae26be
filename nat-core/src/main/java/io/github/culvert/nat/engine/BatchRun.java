package io.github.culvert.nat.engine;

import io.github.culvert.nat.flow.Header;
import io.github.culvert.nat.flow.Translator;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.verdict.Outbox;
import io.netty.buffer.ByteBuf;

/**
 * Translates a batch in three passes, so that the memory accesses of its packets overlap: read the packets and touch
 * the index, touch the records, rewrite. The last pass looks again if an earlier packet of the batch has changed the
 * table.
 */
final class BatchRun {
    /** Below this the records, 64 bytes each, and their index stay in a second-level cache. */
    private static final int SESSIONS_IN_CACHE = 8192;

    private final NatEngine engine;
    private final Translator translator;
    private final Delivery delivery;
    private final Outbox outbox;
    private Header[] headers = new Header[0];
    private int[] verdicts = new int[0];
    private int[] sessions = new int[0];
    private long version;

    BatchRun(NatEngine engine, Translator translator, Delivery delivery, Outbox outbox) {
        this.engine = engine;
        this.translator = translator;
        this.delivery = delivery;
        this.outbox = outbox;
    }

    void translate(PacketBatch batch, long tick, PacketSink<? super ByteBuf> sink) {
        int size = batch.size();
        if (headers.length < size) {
            grow(batch.capacity());
        }
        int done = 0;
        try {
            boolean inCache = translator.sessionCount() < SESSIONS_IN_CACHE;
            if (!inCache) {
                read(batch, size);
                find(batch, size);
            }
            while (done < size) {
                int verdict = inCache ? alone(batch, done, tick) : finish(batch, done, tick);
                int lane = done++;
                delivery.give(batch.packet(lane), headers[lane], verdict, sink);
                if (!outbox.isEmpty()) {
                    delivery.empty(outbox, sink);
                }
            }
        } finally {
            outbox.clear();
            release(batch, done, size);
        }
    }

    /** All steps for one packet: where the table lies in the cache there is nothing to overlap. */
    private int alone(PacketBatch batch, int lane, long tick) {
        Header header = headers[lane];
        header.window.open(engine.owned(batch, lane));
        return engine.decide(header, batch.side(lane), batch.checksum(lane), tick);
    }

    private void grow(int capacity) {
        headers = new Header[capacity];
        verdicts = new int[capacity];
        sessions = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            headers[i] = new Header();
        }
    }

    private void read(PacketBatch batch, int size) {
        for (int lane = 0; lane < size; lane++) {
            ByteBuf packet = engine.owned(batch, lane);
            Header header = headers[lane];
            header.window.open(packet);
            Side from = batch.side(lane);
            int verdict = from == Side.HOST ? translator.readOfHost(header) : translator.read(header, from.ordinal());
            verdicts[lane] = verdict;
            if (verdict == Header.READ && from != Side.HOST) {
                translator.touch(header, from.ordinal());
            }
        }
    }

    private void find(PacketBatch batch, int size) {
        for (int lane = 0; lane < size; lane++) {
            if (verdicts[lane] == Header.READ && batch.side(lane) != Side.HOST) {
                sessions[lane] =
                        translator.findTouched(headers[lane], batch.side(lane).ordinal());
            }
        }
        version = translator.version();
    }

    private int finish(PacketBatch batch, int lane, long tick) {
        Header header = headers[lane];
        Side from = batch.side(lane);
        int verdict = verdicts[lane];
        if (verdict == Header.READ && from == Side.HOST) {
            return translator.finishOfHost(header, batch.checksum(lane), tick);
        }
        if (verdict == Header.READ) {
            boolean same = translator.version() == version;
            int session = same ? sessions[lane] : translator.find(header, from.ordinal());
            verdict = translator.finish(header, session, from.ordinal(), batch.checksum(lane), tick);
        }
        return verdict;
    }

    /** Forgets the packets, so that their memory can be collected. */
    void forget() {
        for (Header header : headers) {
            header.window.close();
        }
    }

    /** Whatever a sink threw out of the middle: nothing is lost. */
    private void release(PacketBatch batch, int from, int size) {
        for (int lane = from; lane < size; lane++) {
            batch.packet(lane).release();
        }
        batch.emptied();
    }
}
