package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One control connection as it was recorded on the inside: its two streams, and the calls that they tell of. */
final class ControlConnection {
    private static final int RESULT = 16;
    private static final int START_RESULT = 14;

    private final Ipv4Address inside;
    private final Ipv4Address remote;
    private final Calls calls;
    private final PptpScope scope;
    private final Map<Direction, ControlStream> streams = new EnumMap<>(Direction.class);
    private final Map<Direction, List<CallField>> ofMessage = new EnumMap<>(Direction.class);
    private final List<Call> own = new ArrayList<>();
    private final Map<Integer, Call> byRemoteId = new HashMap<>();
    private final Set<Integer> remoteIds = new HashSet<>();
    private Optional<Ipv4Address> address = Optional.empty();
    private Optional<Direction> asked = Optional.empty();
    private boolean agreed;
    private boolean closed;
    private boolean certain = true;
    private long now;

    ControlConnection(FlowKey flow, Calls calls, PptpScope scope, long now) {
        this.now = now;
        inside = flow.inside().address();
        remote = flow.remote().address();
        this.calls = calls;
        this.scope = scope;
    }

    /** A side has said with which sequence number its stream begins. */
    void begins(Direction way, int first) {
        ControlStream known = streams.get(way);
        if (known != null && known.first() != first) {
            isUncertain(); // a SYN that belongs to another connection
        } else if (known == null) {
            ofMessage.put(way, new ArrayList<>());
            streams.put(
                    way,
                    new ControlStream(
                            first,
                            field -> ofMessage.get(way).add(field),
                            (message, head) -> read(way, message, head)));
        }
    }

    boolean hasBegun(Direction way, int first) {
        ControlStream stream = streams.get(way);
        return stream != null && stream.first() == first;
    }

    /** Bytes of one side, at a sequence number. */
    void take(Direction way, int sequence, byte[] payload, long time) {
        if (time - now >= scope.idle().toNanos()) {
            isUncertain();
        }
        now = time;
        Optional.ofNullable(streams.get(way)).ifPresent(stream -> {
            stream.take(stream.position(sequence), payload);
            if (stream.isLost()) {
                isOver();
            }
        });
    }

    /** A side has closed or reset it. */
    void closes() {
        closed = true;
        isOver();
    }

    /** Whether another one may have taken its place. */
    boolean isClosed() {
        return closed;
    }

    /** All of its calls are over. */
    void isOver() {
        own.forEach(Call::isOver);
    }

    /** The NAT may not have read all of it. */
    void isUncertain() {
        certain = false;
        own.forEach(Call::isUncertain);
    }

    /** Whether the NAT must have read what the recording has. */
    boolean isCertain() {
        return certain;
    }

    /** Whether nothing is missing before the end of a segment. */
    boolean isReadTo(Direction way, int sequence, int length) {
        ControlStream stream = streams.get(way);
        return stream != null && stream.isReadTo(stream.position(sequence) + length);
    }

    /** The Call IDs in a segment that the inside host owns, each with its place from the first byte on. */
    Collection<CallField> inside(Direction way, int sequence, byte[] payload) {
        ControlStream stream = streams.get(way);
        return stream == null
                ? List.of()
                : stream.in(stream.position(sequence), payload).stream()
                        .filter(field -> field.isOfSender() == (way == Direction.OUTBOUND) || isQuirk(way, field))
                        .toList();
    }

    /** Some servers put the client's Call ID where their own belongs. */
    private static boolean isQuirk(Direction way, CallField field) {
        return way == Direction.INBOUND && field.message() == ControlMessage.DISCONNECT_NOTIFY;
    }

    /** Where a segment stands in its stream; 0 as long as that has not begun. */
    long position(Direction way, int sequence) {
        ControlStream stream = streams.get(way);
        return stream == null ? 0 : stream.position(sequence);
    }

    private void read(Direction way, ControlMessage message, byte[] head) {
        List<CallField> fields = Objects.requireNonNull(ofMessage.put(way, new ArrayList<>()));
        fields.forEach(field -> named(way, field));
        if (message == ControlMessage.START_REQUEST) {
            asked = Optional.of(way);
        } else if (message == ControlMessage.START_REPLY) {
            agreed = head[START_RESULT] == 1 && asked.isPresent() && asked.get() != way;
        } else if (message.endsAll()) {
            isOver();
        } else if (message.answers()) {
            answered(way, fields, head[RESULT] == 1);
        } else if (message.ends()) {
            fields.forEach(field -> callOf(way, field).ifPresent(Call::isOver));
        }
    }

    private void named(Direction way, CallField field) {
        boolean ofInside = field.isOfSender() == (way == Direction.OUTBOUND);
        if (ofInside && way == Direction.OUTBOUND && field.message().names()) {
            Call call = new Call(field.owner(), field.value(), mayHaveOneMore(), now);
            own.add(call);
            calls.named(inside, remote, call);
            field.isOf(call);
            settle(field);
        } else if (!ofInside && field.message().names() && way == Direction.INBOUND) {
            remoteIds.add(field.value());
        }
    }

    /** A segment with these Call IDs has left from a public address. */
    void left(Ipv4Address from, Collection<CallField> fields) {
        address = Optional.of(from);
        fields.forEach(this::settle);
    }

    /** Takes note of the Call ID that a new call has left with, once both are known. */
    private void settle(CallField field) {
        Call call = field.call();
        if (call != null && !call.hasLeft() && field.hasLeft(0) && field.hasLeft(1) && address.isPresent()) {
            call.leaves(address.get(), field.outside(0) << 8 | field.outside(1));
            calls.left(address.get(), remote, call);
        }
    }

    /** Whether the NAT has no reason to leave one more call without GRE. */
    boolean mayHaveOneMore() {
        long live = own.stream().filter(call -> !call.isOverNow()).count();
        return certain
                && agreed
                && streams.size() == 2
                && live < scope.mostPerConnection()
                && calls.countOf(inside) < scope.mostPerHost();
    }

    /** A reply has the Call IDs of both sides: at 12 that of its sender, at 14 that of the other. */
    private void answered(Direction way, List<CallField> fields, boolean well) {
        CallField ofInside = fields.get(way == Direction.OUTBOUND ? 0 : 1);
        CallField ofRemote = fields.get(way == Direction.OUTBOUND ? 1 : 0);
        ofRole(ofInside.owner(), ofInside).ifPresent(call -> {
            if (well) {
                call.isAnswered(now);
                byRemoteId.put(ofRemote.value(), call);
                calls.linked(inside, remote, ofRemote.value(), call);
            } else {
                call.isOver();
            }
        });
    }

    /** The call that a Call ID means, of whichever side it is. */
    private Optional<Call> callOf(Direction way, CallField field) {
        boolean ofInside = field.isOfSender() == (way == Direction.OUTBOUND);
        if (ofInside) {
            return ofRole(field.owner(), field);
        }
        Optional<Call> ofRemote = Optional.ofNullable(byRemoteId.get(field.value()));
        return ofRemote.or(() -> isQuirk(way, field) ? ofRole(ControlMessage.Role.PNS, field) : Optional.empty());
    }

    /** The call that the outside knows by another Call ID than the one in this field; empty if it stays as it is. */
    Optional<Call> translated(Direction way, CallField field) {
        if (field.call() != null) {
            return Optional.of(field.call());
        }
        if (!isQuirk(way, field)) {
            return ofRole(field.owner(), field);
        }
        boolean meansRemote = remoteIds.stream().anyMatch(id -> isLike(id, field));
        return meansRemote ? Optional.empty() : ofRole(ControlMessage.Role.PNS, field);
    }

    /** Whether some server means one of its client's Call IDs, with its bytes swapped. */
    Optional<Call> swapped(CallField field) {
        int swapped = Short.toUnsignedInt(Short.reverseBytes((short) field.value()));
        return field.isWhole() && isQuirk(Direction.INBOUND, field)
                ? latest(call -> call.role() == ControlMessage.Role.PNS && call.insideId() == swapped)
                : Optional.empty();
    }

    private Optional<Call> ofRole(ControlMessage.Role role, CallField field) {
        return latest(call -> call.role() == role && isLike(call.insideId(), field));
    }

    private Optional<Call> latest(Predicate<Call> which) {
        Optional<Call> found = Optional.empty();
        for (Call call : own) {
            found = which.test(call) ? Optional.of(call) : found;
        }
        return found;
    }

    /** Whether a Call ID is the one in a field, as far as that has come. */
    private static boolean isLike(int id, CallField field) {
        return field.isWhole() ? id == field.value() : id >> 8 == field.value() >> 8;
    }
}
