package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.netty.buffer.ByteBuf;

/**
 * Has PPTP clients inside and servers outside talk through an engine, segment by segment, each end with what really came
 * through to it. Whatever does not come through, or not as it must, is an exception.
 */
public final class Dialogues implements AutoCloseable {
    private static final int MOST_STEPS = 1 << 20;
    private static final int NO_IDS = 0;
    /** A Call-Disconnect-Notify has a result where others have their second Call ID: on request. */
    private static final int ON_REQUEST = 4 << 8;

    private final NatEngine engine;
    private final ChecksumStatus checksum;
    private final CountingSink sink = new CountingSink();
    private final ByteBuf buffer;
    private long now;

    /**
     * No connections.
     *
     * @param engine takes the packets; follows PPTP
     * @param kind where they lie
     * @param checksum what is known about them
     */
    public Dialogues(NatEngine engine, BufferKind kind, ChecksumStatus checksum) {
        this.engine = engine;
        this.checksum = checksum;
        this.buffer = kind.buffer(ControlSegment.LONGEST);
    }

    /**
     * Opens a connection, by its three segments and the exchange of Start-Control-Connection messages.
     *
     * @param connection a new one
     * @throws IllegalStateException if the engine does not let it through
     */
    public void open(ControlConnection connection) {
        send(connection, ControlSegment.SYN, Side.INSIDE, NO_IDS);
        connection.outside = Endpoints.of(buffer.getInt(12), buffer.getUnsignedShort(20));
        send(connection, ControlSegment.SYN_ACK, Side.OUTSIDE, NO_IDS);
        send(connection, ControlSegment.ACK, Side.INSIDE, NO_IDS);
        send(connection, ControlSegment.START_REQUEST, Side.INSIDE, ControlSegment.VERSION);
        send(connection, ControlSegment.START_REPLY, Side.OUTSIDE, ControlSegment.VERSION_AND_GOOD);
    }

    /**
     * Sets a call up: Outgoing-Call-Request and Outgoing-Call-Reply.
     *
     * @param connection an open one
     * @param client the Call ID of the client
     * @param server the Call ID of the server
     * @return the Call ID that the server knows the client's end by
     * @throws IllegalStateException if the engine does not let it through, or the client would not know its Call ID
     */
    public int call(ControlConnection connection, int client, int server) {
        send(connection, ControlSegment.CALL_REQUEST, Side.INSIDE, client << 16);
        int outside = buffer.getUnsignedShort(ControlSegment.IDS);
        send(connection, ControlSegment.CALL_REPLY, Side.OUTSIDE, server << 16 | outside);
        if (buffer.getInt(ControlSegment.IDS) != (server << 16 | client)) {
            throw new IllegalStateException("the reply names another call");
        }
        return outside;
    }

    /**
     * Ends a call: a Call-Disconnect-Notify of the server.
     *
     * @param connection an open one
     * @param server the Call ID of the server
     * @throws IllegalStateException if the engine does not let it through
     */
    public void end(ControlConnection connection, int server) {
        send(connection, ControlSegment.DISCONNECT, Side.OUTSIDE, server << 16 | ON_REQUEST);
    }

    /**
     * Closes a connection, the client first.
     *
     * @param connection an open one
     * @throws IllegalStateException if the engine does not let it through
     */
    public void close(ControlConnection connection) {
        send(connection, ControlSegment.FIN, Side.INSIDE, NO_IDS);
        send(connection, ControlSegment.FIN, Side.OUTSIDE, NO_IDS);
        send(connection, ControlSegment.ACK, Side.INSIDE, NO_IDS);
    }

    private void send(ControlConnection connection, ControlSegment segment, Side from, int ids) {
        int sender = from.ordinal();
        boolean out = from == Side.INSIDE;
        segment.write(
                buffer,
                out ? connection.inside : connection.remote,
                out ? connection.remote : connection.outside,
                connection.sequence[sender],
                connection.sequence[1 - sender],
                ids);
        connection.sequence[sender] += segment.advance();
        long before = sink.forwarded();
        engine.translate(buffer, from, checksum, now, sink);
        if (sink.forwarded() == before) {
            throw new IllegalStateException(segment + " refused: " + sink.lastReason());
        }
    }

    /**
     * Lets time go on, and the engine do what is due.
     *
     * @param nanos by how much
     * @param budget the most steps
     */
    public void pass(long nanos, int budget) {
        now += nanos;
        engine.advance(now, budget, sink);
    }

    /** Lets the engine move what grows to where it stays, which it would do with later calls to advance. */
    public void settle() {
        for (int i = 0; i < MOST_STEPS && engine.advance(now, 1, sink) <= now; i++) {
            // the next step
        }
    }

    /** Releases the buffer. */
    @Override
    public void close() {
        buffer.release();
    }
}
