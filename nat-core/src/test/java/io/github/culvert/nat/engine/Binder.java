package io.github.culvert.nat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.EnhancedGre;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.table.BoundSessions;
import io.github.culvert.nat.testkit.bed.Packets;

/** Binds sessions in an engine that has a {@link BoundAlg}, as the tracker of another ALG would. */
final class Binder {
    private static final Octets PPP = Octets.fromHex("61626364");

    private final NatEngine engine;
    private final BoundSessions bound;
    private final int timeoutClass;

    Binder(NatEngine engine) {
        this.engine = engine;
        this.bound = engine.flows().bound();
        this.timeoutClass = bound.timeoutClass(BoundAlg.TERMS);
    }

    /** Binds a call with the identifiers of the inside host, outside, and of the remote host. */
    int call(Ipv4Address inside, Ipv4Address outside, Ipv4Address remote, int insideId, int outsideId, int remoteId) {
        return bind(47, inside, outside, remote, insideId, outsideId, remoteId);
    }

    /** Binds a session of a protocol. */
    int bind(
            int protocol,
            Ipv4Address inside,
            Ipv4Address outside,
            Ipv4Address remote,
            int insideId,
            int outsideId,
            int remoteId) {
        int session = bound.bind(
                inside.bits(), index(outside), remote.bits(), protocol, insideId, outsideId, timeoutClass, 1);
        assertThat(session).isPositive();
        assertThat(bound.learn(session, remoteId)).isTrue();
        return session;
    }

    BoundSessions sessions() {
        return bound;
    }

    /** Whether an outside Call ID may be bound. */
    boolean isFree(Ipv4Address outside, Ipv4Address remote, int id) {
        return bound.isFree(index(outside), remote.bits(), 47, id, 2);
    }

    private int index(Ipv4Address outside) {
        return engine.flows().publicIndex(outside.bits());
    }

    /** A GRE packet of a call, with four bytes of payload. */
    static Ipv4Packet gre(Ipv4Address from, Ipv4Address to, int callId) {
        return Packets.ipv4(from, to)
                .transport(EnhancedGre.builder().callId(callId).sequence(0).payload(PPP))
                .build();
    }

    /** A packet of the protocol with identifiers of 32 bits. */
    static Ipv4Packet word(Ipv4Address from, Ipv4Address to, int id) {
        return Packets.ipv4(from, to)
                .protocol(115)
                .payload(Octets.fromHex("%08X00000000".formatted(id)))
                .build();
    }
}
