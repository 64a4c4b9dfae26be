package io.github.culvert.nat.engine;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Parsed;
import io.github.culvert.nat.refusal.Refusal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Collects what comes out as immutable packets. */
final class Outcomes implements PacketSink<ByteBuffer> {
    private final List<Outcome> list = new ArrayList<>(1);

    List<Outcome> list() {
        return List.copyOf(list);
    }

    @Override
    public void toInside(ByteBuffer packet) {
        list.add(new Outcome.ToInside(parsed(packet)));
    }

    @Override
    public void toOutside(ByteBuffer packet) {
        list.add(new Outcome.ToOutside(parsed(packet)));
    }

    @Override
    public void toHost(ByteBuffer packet, HostTraffic kind) {
        list.add(new Outcome.ToHost(parsed(packet), kind));
    }

    @Override
    public void refused(ByteBuffer packet, Refusal reason) {
        list.add(new Outcome.Refused(parsed(packet), reason));
    }

    private static Ipv4Packet parsed(ByteBuffer packet) {
        if (Ipv4Packet.parse(NatEngine.octets(packet)) instanceof Parsed.Valid<Ipv4Packet> valid) {
            return valid.value();
        }
        throw new IllegalStateException("the MTU is too small for the header of the transport");
    }
}
