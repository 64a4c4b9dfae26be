package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.report.CallCount;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One PPTP call of an inside host: its Call ID on both sides of the NAT, and that of the remote host. */
final class Call {
    /** For so long any NAT must let GRE in that waits for its answer; for so long without a packet, once it has one. */
    private static final long UNANSWERED = TimeUnit.SECONDS.toNanos(30);

    private static final long ANSWERED = TimeUnit.SECONDS.toNanos(120);

    private enum State {
        ASKED,
        ANSWERED,
        OVER
    }

    private final ControlMessage.Role role;
    private final int insideId;
    private boolean certain;
    private final Map<Direction, Long> passed = new EnumMap<>(Direction.class);
    private State state = State.ASKED;
    private long seen;
    private @Nullable Ipv4Address address;
    private int outsideId;

    /**
     * A call that an inside host has named.
     *
     * @param role the role of the inside host
     * @param insideId its Call ID
     * @param certain whether the NAT has no reason to leave it without GRE
     * @param now when
     */
    Call(ControlMessage.Role role, int insideId, boolean certain, long now) {
        this.role = role;
        this.insideId = insideId;
        this.certain = certain;
        seen = now;
    }

    ControlMessage.Role role() {
        return role;
    }

    int insideId() {
        return insideId;
    }

    /** It has left with this Call ID, from this public address. */
    void leaves(Ipv4Address from, int id) {
        address = from;
        outsideId = id;
    }

    /** The public address of its control connection, once it has left. */
    Optional<Ipv4Address> address() {
        return Optional.ofNullable(address);
    }

    /** Whether the remote host has seen its Call ID. */
    boolean hasLeft() {
        return address != null;
    }

    int outsideId() {
        return outsideId;
    }

    void isAnswered(long now) {
        seen = now;
        state = state == State.OVER ? State.OVER : State.ANSWERED;
    }

    /** Whether the NAT has no reason to leave it without GRE. */
    boolean isCertain() {
        return certain;
    }

    /** Whatever becomes of it may have a reason from now on. */
    void isUncertain() {
        certain = false;
    }

    void isOver() {
        state = State.OVER;
    }

    boolean isOverNow() {
        return state == State.OVER;
    }

    /** GRE of it has come out as it should. */
    void passes(Direction way, long now) {
        passed.merge(way, 1L, Long::sum);
        seen = state == State.ANSWERED ? now : seen;
    }

    /** What became of it between these two ends. */
    CallCount counted(FlowKey ends) {
        String outside = hasLeft() ? address + ":" + outsideId : "";
        return new CallCount(
                ends.inside().toString(),
                outside,
                ends.remote().toString(),
                passed.getOrDefault(Direction.OUTBOUND, 0L),
                passed.getOrDefault(Direction.INBOUND, 0L));
    }

    /** Whether the NAT must still know of it, open or not. */
    boolean isKnown(long now) {
        return certain && now - seen < (state == State.ASKED ? UNANSWERED : ANSWERED);
    }

    /** Whether GRE must pass now, both ways, as far as this call goes. */
    boolean mustPass(long now) {
        return hasLeft() && state != State.OVER && isKnown(now);
    }
}
