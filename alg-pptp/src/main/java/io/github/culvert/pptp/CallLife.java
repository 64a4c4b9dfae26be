package io.github.culvert.pptp;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.wire.GreLayout;
import io.github.culvert.pptp.Call.Claim;
import io.github.culvert.pptp.Call.Phase;
import io.github.culvert.pptp.PptpMessage.Owner;
import java.time.Duration;

/** Begins and ends calls: each change with the actions that belong to it. */
final class CallLife {
    private final PptpConfig config;
    private final Ipv4Address inside;
    private final Calls calls;
    private final Announcement announcement;

    CallLife(PptpConfig config, Ipv4Address inside, Calls calls, Announcement announcement) {
        this.config = config;
        this.inside = inside;
        this.calls = calls;
        this.announcement = announcement;
    }

    /** Whether one more session may be bound. */
    boolean hasRoom(Turn turn) {
        return calls.bound() < config.callsPerConnection() && turn.hasRoom();
    }

    /** The remote side asks for a call: nothing is open until the inside host agrees. */
    void ask(Owner role, int remoteId, Turn turn) {
        calls.add(new Call(calls.newKey(), role, Call.NO_ID, Call.NO_ID, remoteId, Phase.ASKED));
        shed(turn);
    }

    /** The inside host asks for a call. */
    void expect(Owner role, int insideId, Turn turn) {
        Call call = open(role, insideId, Call.NO_ID, turn);
        if (call.claim() == Claim.BOUND) {
            call.turn(Phase.EXPECTED);
            arm(call, config.expected(), turn);
        }
    }

    /** The inside host agrees to a call. */
    void agree(Owner role, int insideId, int remoteId, Turn turn) {
        Call call = open(role, insideId, remoteId, turn);
        if (call.claim() == Claim.BOUND) {
            call.turn(Phase.LIVE);
            learn(call, turn);
        }
    }

    /** The remote side agrees to a call. */
    void agreed(Call call, int remoteId, Turn turn) {
        if (call.remoteId() != Call.NO_ID) {
            return;
        }
        call.learn(remoteId);
        if (call.phase() == Phase.EXPECTED) {
            turn.add(new Action.Disarm(call.key()));
            call.turn(Phase.LIVE);
        }
        if (call.claim() == Claim.BOUND) {
            learn(call, turn);
        }
    }

    private Call open(Owner role, int insideId, int remoteId, Turn turn) {
        int outsideId = announcement.chosen();
        Call call = new Call(calls.newKey(), role, insideId, outsideId, remoteId, Phase.UNBOUND);
        if (outsideId != CallIds.SINK) {
            claim(call, turn);
        }
        announcement.handOver(turn);
        calls.add(call);
        shed(turn);
        return call;
    }

    /** If the room is gone since the first byte left, nobody else may have the Call ID that stands there. */
    private void claim(Call call, Turn turn) {
        if (hasRoom(turn)) {
            turn.add(new Action.Bind(GreLayout.PROTOCOL, call.outsideId(), call.insideId(), inside));
            call.claim(Claim.BOUND);
        } else {
            turn.report(PptpNotice.PPTP_CALL_QUOTA);
            announcement.hold(turn);
            call.claim(Claim.HELD);
        }
    }

    private static void learn(Call call, Turn turn) {
        turn.add(new Action.Learn(GreLayout.PROTOCOL, call.outsideId(), call.remoteId()));
    }

    /** One side ends a call; GRE that is on its way still passes. */
    void linger(Call call, Turn turn) {
        if (call.phase() == Phase.ASKED) {
            close(call, turn);
        } else if (call.phase() != Phase.ENDING) {
            call.turn(Phase.ENDING);
            arm(call, config.linger(), turn);
        }
    }

    /** Nothing is left of a call. */
    void close(Call call, Turn turn) {
        unbind(call, turn);
        calls.remove(call);
    }

    /** Its time is up. */
    void expire(Call call, Turn turn) {
        boolean over = call.phase() == Phase.ENDING;
        call.turn(Phase.UNBOUND);
        unbind(call, turn);
        if (over) {
            calls.remove(call);
        }
    }

    /** Its session has ended by itself. */
    void idle(Call call, Turn turn) {
        call.claim(Claim.NONE);
        if (call.phase() == Phase.ENDING) {
            close(call, turn);
        } else {
            unbind(call, turn);
        }
    }

    private static void unbind(Call call, Turn turn) {
        if (call.isTimed()) {
            turn.add(new Action.Disarm(call.key()));
        }
        if (call.claim() != Claim.NONE) {
            turn.release(call.outsideId());
        }
        call.claim(Claim.NONE);
        call.turn(Phase.UNBOUND);
    }

    private void shed(Turn turn) {
        calls.surplus().ifPresent(call -> close(call, turn));
    }

    private static void arm(Call call, Duration time, Turn turn) {
        turn.add(new Action.Arm(call.key(), turn.context().now() + time.toNanos()));
    }
}
