package io.github.culvert.nat.testkit.alg;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.Notice;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.UdpLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A made-up protocol on UDP port 7001, from where its clients send too: two bytes of identifier, that of the receiver, 0
 * if it is not known; a letter; operands. All inside hosts share one public port.
 *
 * <pre>
 *   H id         a client says its identifier, two bytes, which is replaced by another if it is taken outside
 *   X id         a client gives its identifier up
 *   B id         the tracker wants to bind for another inside host
 *   #            the tracker throws
 * </pre>
 */
public final class MurmurAlg implements Alg {
    /** The service port. */
    public static final int PORT = 7001;

    /** What it reports. */
    public enum Told implements Notice {
        /** An identifier had no packet for too long. */
        MURMUR_IDLE,
        /** There is no room for an identifier. */
        MURMUR_NO_ROOM,
        /** A channel has ended. */
        MURMUR_ENDED
    }

    @Override
    public String name() {
        return "murmur";
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(Protocol.UDP, PORT, Control.Form.SHARED));
    }

    @Override
    public List<Demux> demuxes() {
        return List.of(new InPayload());
    }

    @Override
    public Terms terms() {
        return new Terms(Duration.ofSeconds(60), Duration.ofSeconds(30), 2);
    }

    @Override
    public Optional<Tracker> follow(Scope scope) {
        return Optional.of(new MurmurTracker((Scope.Channel) scope));
    }

    @Override
    public Tracker restore(Scope scope, Octets saved) {
        return new MurmurTracker((Scope.Channel) scope).load(saved);
    }

    private static final class InPayload implements Demux {
        @Override
        public int protocol() {
            return UdpLayout.PROTOCOL;
        }

        @Override
        public long identifier(PacketWindow packet, int transport, int length) {
            boolean whole = length >= UdpLayout.HEADER + 3;
            int id = whole ? packet.u16(transport + UdpLayout.HEADER) : 0;
            return id == 0 ? Demux.NONE : id;
        }
    }
}
