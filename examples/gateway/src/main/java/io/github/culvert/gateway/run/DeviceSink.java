package io.github.culvert.gateway.run;

import io.github.culvert.gateway.tun.TunDevice;
import io.github.culvert.gateway.tun.TunPair;
import io.github.culvert.nat.engine.PacketSink;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/** Writes what comes out of the engine to the devices. The thread of the engine only. */
final class DeviceSink implements PacketSink<ByteBuffer> {
    private final TunPair tuns;
    private final LongSupplier clock;
    private final Lost lostInside = new Lost();
    private final Lost lostOutside = new Lost();

    DeviceSink(TunPair tuns, LongSupplier clock) {
        this.tuns = tuns;
        this.clock = clock;
    }

    @Override
    public void toInside(ByteBuffer packet) {
        write(tuns.inside(), packet, lostInside);
    }

    @Override
    public void toOutside(ByteBuffer packet) {
        write(tuns.outside(), packet, lostOutside);
    }

    /** Between two TUN devices there is no host: the engine has counted the packet, and here it ends. */
    @Override
    public void toHost(ByteBuffer packet, HostTraffic kind) {}

    /** The engine has counted it. */
    @Override
    public void refused(ByteBuffer packet, Refusal reason) {}

    Lost lostInside() {
        return lostInside;
    }

    Lost lostOutside() {
        return lostOutside;
    }

    private void write(TunDevice device, ByteBuffer packet, Lost lost) {
        try {
            device.write(packet);
        } catch (IOException e) {
            lost.packet(device.name(), e, clock.getAsLong());
        }
    }

    /** The same for packets that the engine had held back, which come as Netty buffers and are owned here. */
    PacketSink<ByteBuf> held() {
        return new Held();
    }

    private final class Held implements PacketSink<ByteBuf> {
        @Override
        public void toInside(ByteBuf packet) {
            try {
                DeviceSink.this.toInside(packet.nioBuffer());
            } finally {
                packet.release();
            }
        }

        @Override
        public void toOutside(ByteBuf packet) {
            try {
                DeviceSink.this.toOutside(packet.nioBuffer());
            } finally {
                packet.release();
            }
        }

        @Override
        public void toHost(ByteBuf packet, HostTraffic kind) {
            packet.release();
        }

        /** Lent only. */
        @Override
        public void refused(ByteBuf packet, Refusal reason) {}
    }
}
