package io.github.culvert.nat.testkit.bed;

import io.github.culvert.nat.engine.PacketSink;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Collects what comes out of an engine, as copies, and releases it. Not safe for use by several threads. */
public final class Deliveries {
    private final List<Delivery> list = new ArrayList<>();

    /** An empty list. */
    public Deliveries() {}

    /** What came out since the last call. */
    public List<Delivery> take() {
        List<Delivery> taken = List.copyOf(list);
        list.clear();
        return taken;
    }

    /** The sink for Netty buffers. */
    public PacketSink<ByteBuf> buffers() {
        return new Buffers();
    }

    /** The sink for NIO buffers. */
    public PacketSink<ByteBuffer> lent() {
        return new Lent();
    }

    private static Octets copied(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return Octets.of(bytes);
    }

    private final class Buffers implements PacketSink<ByteBuf> {
        private Octets consumed(ByteBuf packet) {
            try {
                return Octets.copyOf(packet);
            } finally {
                packet.release();
            }
        }

        @Override
        public void toInside(ByteBuf packet) {
            list.add(Delivery.inside(consumed(packet)));
        }

        @Override
        public void toOutside(ByteBuf packet) {
            list.add(Delivery.outside(consumed(packet)));
        }

        @Override
        public void toHost(ByteBuf packet, HostTraffic kind) {
            list.add(Delivery.host(consumed(packet), kind));
        }

        @Override
        public void refused(ByteBuf packet, Refusal reason) {
            list.add(Delivery.refused(Octets.copyOf(packet), reason));
        }
    }

    private final class Lent implements PacketSink<ByteBuffer> {
        @Override
        public void toInside(ByteBuffer packet) {
            list.add(Delivery.inside(copied(packet)));
        }

        @Override
        public void toOutside(ByteBuffer packet) {
            list.add(Delivery.outside(copied(packet)));
        }

        @Override
        public void toHost(ByteBuffer packet, HostTraffic kind) {
            list.add(Delivery.host(copied(packet), kind));
        }

        @Override
        public void refused(ByteBuffer packet, Refusal reason) {
            list.add(Delivery.refused(copied(packet), reason));
        }
    }
}
