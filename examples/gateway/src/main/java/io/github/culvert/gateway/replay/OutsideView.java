package io.github.culvert.gateway.replay;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Recorded packets as they would have stood on the outside: with the public endpoint in place of the inside one, in the
 * header and in what an ICMP error quotes, and every checksum changed to match without mending an error in it.
 */
final class OutsideView {
    /** Where a host on the outside has an endpoint from. */
    enum Knowledge {
        /** It was sent packets from there. */
        LEARNED,
        /** It is a static forward. */
        FORWARDED,
        /** It can only guess: nothing was ever sent, so the inside endpoint could as well stand there unchanged. */
        GUESSED
    }

    /** A packet on the outside. */
    record Seen(Datagram datagram, Endpoint endpoint, Knowledge knowledge) {}

    private record Target(Endpoint endpoint, Knowledge knowledge) {}

    private record Key(int protocol, Endpoint endpoint) {}

    private final LearnedEndpoints learned;
    private final CallBook calls;
    private final Map<Key, Endpoint> outsideOf = new HashMap<>();
    private final Map<Key, Endpoint> insideOf = new HashMap<>();
    private final Map<Ipv4Address, Ipv4Address> outsideOfHost = new HashMap<>();
    private final Map<Ipv4Address, Ipv4Address> insideOfHost = new HashMap<>();
    private final Ipv4Address firstPublic;

    OutsideView(LearnedEndpoints learned, CallBook calls, NatConfig config) {
        this.learned = learned;
        this.calls = calls;
        firstPublic = config.publicAddresses().get(0);
        for (AddressForward forward : config.addressForwards()) {
            outsideOfHost.put(forward.inside(), forward.outside());
            insideOfHost.put(forward.outside(), forward.inside());
        }
        for (StaticForward forward : config.forwards()) {
            int protocol = forward.protocol().number();
            outsideOf.put(new Key(protocol, forward.inside()), forward.outside());
            insideOf.put(new Key(protocol, forward.outside()), forward.inside());
        }
    }

    /** The inside endpoint for which a public endpoint stands, by a forward or by what was seen last. */
    Optional<Endpoint> holder(int protocol, Endpoint outside) {
        Endpoint forwarded = insideOf.get(new Key(protocol, outside));
        Ipv4Address host = insideOfHost.get(outside.address());
        if (host != null) {
            return Optional.of(new Endpoint(host, outside.identifier()));
        }
        return forwarded != null ? Optional.of(forwarded) : learned.insideOf(protocol, outside);
    }

    /** A packet that reaches the NAT as it was recorded. */
    static Seen asItIs(Recorded recorded) {
        return new Seen(recorded.copy(), recorded.flow().inside(), Knowledge.LEARNED);
    }

    /** An inbound packet as the far end would have sent it. */
    Seen beforeNat(Recorded inbound) {
        Datagram copy = inbound.copy();
        calls.beforeNat(inbound, copy);
        return copy.quote()
                .map(quoted -> answerToQuoted(copy, quoted))
                .orElseGet(() -> to(copy, Place.DESTINATION, target(inbound.flow())));
    }

    private Seen answerToQuoted(Datagram error, Datagram quoted) {
        Target target = target(flowOf(quoted, Place.SOURCE));
        Edit.quotedEndpoint(error, quoted, Place.SOURCE, target.endpoint);
        return to(error, Place.DESTINATION, target);
    }

    /** An outbound packet as it should stand behind a NAT that gave it this source. */
    Datagram behindNat(Recorded outbound, Endpoint source) {
        Datagram copy = outbound.copy();
        copy.quote().ifPresent(quoted -> {
            Target target = target(flowOf(quoted, Place.DESTINATION));
            calls.quoted(copy, quoted);
            Edit.quotedEndpoint(copy, quoted, Place.DESTINATION, target.endpoint);
        });
        Edit.endpoint(copy, Place.SOURCE, source);
        return copy;
    }

    /** The public address that what an ICMP error from inside quotes was sent to; empty if it is none, or unknown. */
    Optional<Ipv4Address> addressOfQuoted(Recorded outbound) {
        return outbound.datagram()
                .quote()
                .map(quoted -> target(flowOf(quoted, Place.DESTINATION)))
                .filter(target -> target.knowledge != Knowledge.GUESSED)
                .map(target -> target.endpoint.address());
    }

    private static FlowKey flowOf(Datagram datagram, Place inside) {
        return new FlowKey(
                datagram.protocol(), Recorded.endpoint(datagram, inside), Recorded.endpoint(datagram, inside.other()));
    }

    private static Seen to(Datagram datagram, Place place, Target target) {
        Edit.endpoint(datagram, place, target.endpoint);
        return new Seen(datagram, target.endpoint, target.knowledge);
    }

    private Target target(FlowKey flow) {
        Endpoint inside = flow.inside();
        Endpoint forward = outsideOf.get(new Key(flow.protocol(), inside));
        Ipv4Address own = outsideOfHost.get(inside.address());
        if (own != null) {
            return new Target(new Endpoint(own, inside.identifier()), Knowledge.FORWARDED);
        }
        if (forward != null) {
            return new Target(forward, Knowledge.FORWARDED);
        }
        Optional<Ipv4Address> ofCalls = flow.protocol() == Datagram.GRE
                ? calls.addressOf(inside.address(), flow.remote().address())
                : Optional.empty();
        if (ofCalls.isPresent()) {
            return new Target(new Endpoint(ofCalls.get(), 0), Knowledge.LEARNED);
        }
        return learned.outsideOf(flow)
                .map(outside -> new Target(outside, Knowledge.LEARNED))
                .orElseGet(() -> guess(inside));
    }

    /** A packet without an identifier goes to the address of the host; that can be known without the flow. */
    private Target guess(Endpoint inside) {
        Ipv4Address known =
                inside.identifier() == 0 ? learned.addressOf(inside.address()).orElse(firstPublic) : firstPublic;
        return new Target(new Endpoint(known, inside.identifier()), Knowledge.GUESSED);
    }
}
