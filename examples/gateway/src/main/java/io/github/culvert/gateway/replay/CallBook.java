package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.report.CallCount;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which Call ID the far end of a PPTP connection knows for each call of an inside host: read from the control messages
 * as they were recorded and as they left, by code that shares nothing with the NAT (RFC 2637). A Call ID of an inside
 * host may leave as any other one; all else must leave as it is.
 */
final class CallBook {
    private final Map<FlowKey, ControlConnection> connections = new HashMap<>();
    private final Calls calls = new Calls();
    private final PptpScope scope;
    private long now;

    CallBook(PptpScope scope) {
        this.scope = scope;
    }

    /** A packet goes in, between an inside host and a remote one. */
    void goesIn(Recorded recorded, long time) {
        now = time;
        if (scope.isOff()) {
            return;
        }
        Segment.of(recorded.datagram()).ifPresent(segment -> goesIn(recorded, segment));
    }

    private void goesIn(Recorded recorded, Segment segment) {
        FlowKey flow = recorded.flow();
        Direction way = recorded.direction();
        if (segment.opens()) {
            opens(flow, way, segment.sequence() + 1);
        }
        ControlConnection connection = connections.get(flow);
        if (connection == null) {
            return;
        }
        if (segment.isSyn()) {
            connection.begins(way, segment.sequence() + 1);
        } else {
            connection.take(way, segment.sequence(), segment.payload(), now);
        }
        if (InternetSum.transportIsWrong(recorded.datagram())) {
            connection.isUncertain();
        }
        if (segment.closes()) {
            connection.isOver();
        }
    }

    /** A connection is read from its first packet on or not at all. */
    private void opens(FlowKey flow, Direction way, int first) {
        Endpoint service = way == Direction.OUTBOUND ? flow.remote() : flow.inside();
        ControlConnection known = connections.get(flow);
        if (known != null && known.hasBegun(way, first)) {
            return;
        }
        Optional.ofNullable(connections.remove(flow)).ifPresent(ControlConnection::isOver);
        if (scope.reads(service, flow.inside(), flow.remote())) {
            connections.put(flow, new ControlConnection(flow, calls, scope));
        }
    }

    /** Puts into an inbound packet the Call IDs that the far end would have sent. */
    void beforeNat(Recorded inbound, Datagram seen) {
        control(inbound).ifPresent(edit -> edit.inbound(seen));
        callOfGre(inbound)
                .filter(Call::hasLeft)
                .ifPresent(call -> Edit.plainWord(seen, callIdAt(seen), call.outsideId()));
    }

    /** Puts into an outbound packet the Call IDs that are known outside, and the ones that leave in it for the first time. */
    void behindNat(Recorded outbound, Datagram expected, Datagram out) {
        control(outbound).ifPresent(edit -> edit.outbound(expected, out));
    }

    /** Puts into what an ICMP error of an inside host quotes the Call ID that its receiver has sent. */
    void quoted(Datagram error, Datagram quoted) {
        OptionalInt at = EnhancedGre.callIdAt(quoted);
        if (at.isPresent()) {
            calls.byInside(address(quoted, Place.DESTINATION), quoted.u16(at.getAsInt()), address(quoted, Place.SOURCE))
                    .filter(Call::hasLeft)
                    .ifPresent(call -> Edit.quotedWord(error, at.getAsInt(), call.outsideId()));
        }
    }

    /** What is wrong with the Call ID or the source of a packet that is else as it should be; empty if nothing is. */
    Optional<String> fault(Recorded outbound, Datagram out) {
        Ipv4Address from = address(out, Place.SOURCE);
        Optional<String> other = callOfGre(outbound)
                .flatMap(Call::address)
                .filter(address -> !address.equals(from))
                .map(address -> "its source is " + from + ", but its control connection has " + address);
        return other.or(() -> control(outbound).flatMap(edit -> edit.taken(out, from)));
    }

    /** An outbound packet has left as it should. */
    void left(Recorded outbound, Datagram out) {
        control(outbound).ifPresent(edit -> edit.left(out, address(out, Place.SOURCE)));
    }

    /** A packet has come out as it should. */
    void cameOut(Recorded recorded) {
        callOfGre(recorded).ifPresent(call -> call.passes(recorded.direction(), now));
    }

    /** The calls, in the order in which they were asked for. */
    List<CallCount> counts() {
        return calls.counts();
    }

    /** A packet was refused, so that the NAT may know less of its connection than stands in the recording. */
    void refused(Recorded recorded) {
        Optional.ofNullable(connections.get(recorded.flow())).ifPresent(ControlConnection::isUncertain);
    }

    /** Whether a segment of a control connection, of which the NAT has read all, has nothing missing before it. */
    boolean isInOrder(Recorded recorded) {
        ControlConnection connection = connections.get(recorded.flow());
        return connection != null && connection.isCertain() && isReadTo(connection, recorded);
    }

    /** Whether a segment of a control connection has something missing before it. */
    boolean isAhead(Recorded recorded) {
        ControlConnection connection = connections.get(recorded.flow());
        return connection != null && !(connection.isCertain() && isReadTo(connection, recorded));
    }

    private static boolean isReadTo(ControlConnection connection, Recorded recorded) {
        return Segment.of(recorded.datagram())
                .filter(s -> connection.isReadTo(recorded.direction(), s.sequence(), s.payload().length))
                .isPresent();
    }

    /** Whether a NAT may read this connection. */
    boolean mayRead(FlowKey flow) {
        return scope.ports().contains((int) flow.inside().identifier())
                || scope.ports().contains((int) flow.remote().identifier());
    }

    /** The public address at which a remote host knows the calls of an inside host. */
    Optional<Ipv4Address> addressOf(Ipv4Address inside, Ipv4Address remote) {
        return calls.latest(inside, remote).flatMap(Call::address);
    }

    /** Whether this is GRE of a call for which the NAT must let it pass. */
    boolean mustPass(Recorded recorded) {
        return callOfGre(recorded).filter(call -> call.mustPass(now)).isPresent();
    }

    private Optional<ControlEdit> control(Recorded recorded) {
        ControlConnection connection = connections.get(recorded.flow());
        return connection == null
                ? Optional.empty()
                : Segment.of(recorded.datagram())
                        .map(segment -> new ControlEdit(connection, calls, recorded.flow(), segment, now));
    }

    /** The call of a GRE packet: its Call ID is the inside host's if it comes in, else the remote host's. */
    private Optional<Call> callOfGre(Recorded recorded) {
        Datagram datagram = recorded.datagram();
        OptionalInt at = EnhancedGre.callIdAt(datagram);
        if (at.isEmpty()) {
            return Optional.empty();
        }
        FlowKey flow = recorded.flow();
        int id = datagram.u16(at.getAsInt());
        return switch (recorded.direction()) {
            case OUTBOUND ->
                calls.byRemote(flow.inside().address(), flow.remote().address(), id);
            case INBOUND ->
                calls.byInside(flow.inside().address(), id, flow.remote().address());
        };
    }

    /** Whether GRE was sent to what is the Call ID of another call by now, as the far end sees it, and went there. */
    boolean isOfOther(Recorded inbound, Ipv4Address sentTo, Datagram out) {
        OptionalInt at = EnhancedGre.callIdAt(inbound.datagram());
        OptionalInt outAt = EnhancedGre.callIdAt(out);
        if (at.isEmpty() || outAt.isEmpty()) {
            return false;
        }
        int recorded = inbound.datagram().u16(at.getAsInt());
        int sent = callOfGre(inbound).filter(Call::hasLeft).map(Call::outsideId).orElse(recorded);
        Endpoint to = new Endpoint(address(out, Place.DESTINATION), out.u16(outAt.getAsInt()));
        return calls.byOutside(sentTo, sent, inbound.flow().remote().address())
                .flatMap(calls::insideOf)
                .filter(to::equals)
                .isPresent();
    }

    private static int callIdAt(Datagram gre) {
        return EnhancedGre.callIdAt(gre).orElseThrow();
    }

    private static Ipv4Address address(Datagram datagram, Place place) {
        return new Ipv4Address(datagram.address(place));
    }
}
