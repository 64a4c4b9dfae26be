package io.github.culvert.nat.testkit.bed;

import io.github.culvert.nat.engine.PacketSink;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A sink that looks at the reference count of what it is given, keeps what is handed over and, if asked, throws. Not
 * safe for use by several threads.
 */
public final class Refs implements PacketSink<ByteBuf> {
    /** What the sink throws. */
    public static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1;

        OnPurpose() {
            super("on purpose");
        }
    }

    private final List<ByteBuf> owned = new ArrayList<>();
    private final Consumer<ByteBuf> look;
    private int given;
    private int throwsAt = -1;

    /** A sink that shows each packet to somebody while it is in its hands. */
    public Refs(Consumer<ByteBuf> look) {
        this.look = look;
    }

    /** A sink that throws at the n-th packet from now on, counted from 0. */
    public Refs throwingAt(int position) {
        throwsAt = given + position;
        return this;
    }

    /** How many packets it was given. */
    public int given() {
        return given;
    }

    /** What it owns. */
    public List<ByteBuf> owned() {
        return owned;
    }

    /** Releases what it owns; fails if somebody else did. */
    public void release() {
        owned.forEach(packet -> {
            if (!packet.release()) {
                throw new AssertionError("not the last reference: " + packet);
            }
        });
        owned.clear();
    }

    private void take(ByteBuf packet, boolean handedOver) {
        look.accept(packet);
        if (handedOver) {
            owned.add(packet);
        }
        if (given++ == throwsAt) {
            throw new OnPurpose();
        }
    }

    @Override
    public void toInside(ByteBuf packet) {
        take(packet, true);
    }

    @Override
    public void toOutside(ByteBuf packet) {
        take(packet, true);
    }

    @Override
    public void toHost(ByteBuf packet, HostTraffic kind) {
        take(packet, true);
    }

    @Override
    public void refused(ByteBuf packet, Refusal reason) {
        take(packet, false);
    }
}
