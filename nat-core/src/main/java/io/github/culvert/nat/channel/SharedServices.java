package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;

/** The UDP service ports that inside hosts share outside, since an ALG tells their packets apart. One thread. */
public final class SharedServices {
    /** What finds the identifiers in the payload, by port. */
    private final IntObjectMap<Demux> byPort = new IntObjectHashMap<>();

    SharedServices() {}

    void clear() {
        byPort.clear();
    }

    /** Adds the shared ports of an ALG, whose datagrams have their identifiers found so. */
    void add(Alg alg, Demux demux) {
        alg.controls().stream()
                .filter(control -> control.form() == Control.Form.SHARED)
                .forEach(control -> byPort.put(control.port(), demux));
    }

    /** Whether what goes from an inside port to a remote one shares its public port with other inside hosts. */
    public boolean cover(int insidePort, int remotePort) {
        return insidePort == remotePort && byPort.containsKey(insidePort);
    }

    /** The identifier in a packet that comes in to a port that is shared, or {@link Demux#NONE}. */
    public long identifier(int port, PacketWindow packet, int transport, int length) {
        Demux demux = byPort.get(port);
        return demux == null ? Demux.NONE : demux.identifier(packet, transport, length);
    }
}
