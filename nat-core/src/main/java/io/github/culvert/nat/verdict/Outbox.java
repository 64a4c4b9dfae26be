package io.github.culvert.nat.verdict;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/**
 * Packets that leave besides, or instead of, the one that was just given: messages of the NAT itself, fragments whose
 * datagram is complete, what was held and is given up. The engine hands them to the sink, in order, right after the
 * packet that brought them. Owns what it holds. Not safe for use by several threads.
 */
public final class Outbox {
    private final ByteBufAllocator allocator;
    private final ArrayDeque<ByteBuf> packets = new ArrayDeque<>();
    private final ArrayDeque<Integer> verdicts = new ArrayDeque<>();
    /** Asked after every packet, so that it stands here. */
    private int waiting;

    /** An empty outbox; buffers come from the allocator. */
    public Outbox(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** A buffer for a packet of so many bytes, which belongs to the caller until it is put. */
    public ByteBuf allocate(int bytes) {
        return allocator.buffer(bytes, bytes);
    }

    /** Takes over a packet and what becomes of it, a number of {@link Verdict} but {@link Verdict#HELD}. */
    public void put(ByteBuf packet, int verdict) {
        packets.add(packet);
        verdicts.add(verdict);
        waiting++;
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return waiting == 0;
    }

    /** The verdict about the packet that {@link #take} gives next. */
    public int nextVerdict() {
        return verdicts.element();
    }

    /** The packet that was put first; it belongs to the caller now. */
    public ByteBuf take() {
        waiting--;
        verdicts.remove();
        return packets.remove();
    }

    /** Releases all that waits. */
    public void clear() {
        packets.forEach(ByteBuf::release);
        packets.clear();
        verdicts.clear();
        waiting = 0;
    }
}
