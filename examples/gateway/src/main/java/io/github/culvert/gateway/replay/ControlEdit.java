package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.Collection;
import java.util.Optional;

/** Changes the Call IDs in one segment of a control connection to those that stand there on the outside. */
final class ControlEdit {
    private final ControlConnection connection;
    private final Calls calls;
    private final FlowKey flow;
    private final Segment segment;
    private final long now;

    /** A half of a Call ID that the segment carries. */
    private interface Half {
        void at(CallField field, int half, int at);
    }

    ControlEdit(ControlConnection connection, Calls calls, FlowKey flow, Segment segment, long now) {
        this.now = now;
        this.connection = connection;
        this.calls = calls;
        this.flow = flow;
        this.segment = segment;
    }

    private Collection<CallField> fields(Direction way) {
        return connection.inside(way, segment.sequence(), segment.payload());
    }

    private void halves(Direction way, Half action) {
        for (CallField field : fields(way)) {
            long from = connection.position(way, segment.sequence());
            for (int half = 0; half < 2; half++) {
                long within = field.position() + half - from;
                if (within >= 0 && within < segment.payload().length) {
                    action.at(field, half, segment.at() + (int) within);
                }
            }
        }
    }

    /** Changes an inbound segment to what the far end would have sent. */
    void inbound(Datagram seen) {
        halves(Direction.INBOUND, (field, half, at) -> {
            if (!field.hasLeft(half)) {
                int value = known(Direction.INBOUND, field, half).orElse(seen.u8(at));
                field.leaves(half, value);
            }
            Edit.transportByte(seen, at, field.outside(half));
        });
    }

    /** Changes an outbound segment to what should leave; a Call ID that is new may be any. */
    void outbound(Datagram expected, Datagram out) {
        halves(Direction.OUTBOUND, (field, half, at) -> {
            boolean isNew = field.message().names() && at < out.end();
            int fresh = isNew ? out.u8(at) : expected.u8(at);
            int known = forgotten(field, out, expected, at)
                    ? fresh
                    : known(Direction.OUTBOUND, field, half).orElse(fresh);
            Edit.transportByte(expected, at, field.hasLeft(half) ? field.outside(half) : known);
        });
    }

    /** Whether a Call ID leaves as it is, of a call that the NAT may know nothing of any more. */
    private boolean forgotten(CallField field, Datagram out, Datagram expected, int at) {
        boolean unchanged = at < out.end() && out.u8(at) == expected.u8(at);
        Optional<Call> call = connection.translated(Direction.OUTBOUND, field);
        return unchanged && call.filter(c -> !c.isKnown(now)).isPresent();
    }

    private Optional<Integer> known(Direction way, CallField field, int half) {
        if (way == Direction.OUTBOUND && field.message().names()) {
            return Optional.empty();
        }
        Optional<Call> call = connection.translated(way, field).filter(Call::hasLeft);
        return call.map(c -> half(c.outsideId(), half))
                .or(() -> way == Direction.INBOUND
                        ? connection.swapped(field).filter(Call::hasLeft).map(c -> half(c.outsideId(), 1 - half))
                        : Optional.empty());
    }

    private static int half(int id, int half) {
        return half == 0 ? id >> 8 : id & 0xff;
    }

    /** What is wrong with a Call ID that leaves for the first time: that a live call has it. */
    Optional<String> taken(Datagram out, Ipv4Address from) {
        return fields(Direction.OUTBOUND).stream()
                .filter(field -> field.message().names() && isCertain(field))
                .map(field -> new int[] {outside(field, 0, out), outside(field, 1, out)})
                .filter(id -> id[0] >= 0 && id[1] >= 0)
                .map(id -> id[0] << 8 | id[1])
                .filter(id -> isTaken(id, from))
                .map(id -> "its Call ID " + id + " is that of another call")
                .findFirst();
    }

    private boolean isCertain(CallField field) {
        Call call = field.call();
        return call == null ? connection.mayHaveOneMore() : call.isCertain();
    }

    private boolean isTaken(int id, Ipv4Address from) {
        Optional<Call> holder =
                calls.byOutside(from, id, flow.remote().address()).filter(call -> call.mustPass(now));
        return holder.isPresent()
                && fields(Direction.OUTBOUND).stream().map(CallField::call).noneMatch(holder.get()::equals);
    }

    /** Half of a Call ID as it leaves or has left; -1 if it has not. */
    private int outside(CallField field, int half, Datagram out) {
        long within = field.position() + half - connection.position(Direction.OUTBOUND, segment.sequence());
        long at = segment.at() + within;
        boolean here = within >= 0 && within < segment.payload().length && at < out.end();
        int before = field.hasLeft(half) ? field.outside(half) : -1;
        return here ? out.u8((int) at) : before;
    }

    /** The segment has left as it should. */
    void left(Datagram out, Ipv4Address from) {
        halves(Direction.OUTBOUND, (field, half, at) -> field.leaves(half, out.u8(at)));
        connection.left(from, fields(Direction.OUTBOUND));
    }
}
