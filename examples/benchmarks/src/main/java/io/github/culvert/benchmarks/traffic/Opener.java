package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.netty.buffer.ByteBuf;

/** Sends single packets through an engine, to open sessions. */
public final class Opener implements AutoCloseable {
    private final NatEngine engine;
    private final CountingSink sink = new CountingSink();
    private final ByteBuf buffer;

    /**
     * An opener.
     *
     * @param engine takes the packets
     * @param kind where they lie: of the kind that is measured later, so that the compiler sees no other
     */
    public Opener(NatEngine engine, BufferKind kind) {
        this.engine = engine;
        this.buffer = kind.buffer(128);
    }

    /**
     * Opens a session from the inside; if it is TCP, the remote host answers.
     *
     * @param template {@link Template#UDP} or {@link Template#TCP}
     * @param inside the inside endpoint
     * @param remote the remote endpoint
     * @return the public endpoint that the session got
     */
    public long open(Template template, long inside, long remote) {
        send(template == Template.TCP ? Template.TCP_SYN : template, Side.INSIDE, inside, remote);
        long outside = Endpoints.of(buffer.getInt(12), buffer.getUnsignedShort(20));
        if (template == Template.TCP) {
            send(Template.TCP_SYN_ACK, Side.OUTSIDE, remote, outside);
        }
        return outside;
    }

    /**
     * Sends a packet.
     *
     * @param template what it is
     * @param from where it comes from
     * @param source its source
     * @param destination its destination
     * @throws IllegalStateException if the packet is not translated
     */
    public void send(Template template, Side from, long source, long destination) {
        long word1 = template.word1(Endpoints.address(source), Endpoints.address(destination));
        long word2 =
                Template.word2(Endpoints.address(destination), Endpoints.port(source), Endpoints.port(destination));
        template.write(buffer, word1, word2, template.checksum(word1, word2));
        long before = sink.forwarded();
        engine.translate(buffer, from, ChecksumStatus.VERIFY, 0, sink);
        if (sink.forwarded() == before) {
            throw new IllegalStateException("refused: " + sink.lastReason());
        }
    }

    /** Releases the buffer. */
    @Override
    public void close() {
        buffer.release();
    }
}
