package io.github.culvert.pptp;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.pptp.Call.Claim;
import io.github.culvert.pptp.Call.Phase;
import io.github.culvert.pptp.NamedField.Match;
import io.github.culvert.pptp.PptpMessage.Owner;
import java.util.Optional;

/**
 * What the messages of a control connection mean (RFC 2637 section 2). Roles are taken from each message, not from who
 * opened the connection (section 2.1).
 */
final class ControlConnection {
    private static final int GOOD = 1;

    private final PptpConfig config;
    private final Direction opened;
    private final Calls calls;
    private final CallLife life;
    private final CallIds ids;
    private final Announcement announcement;
    private final boolean[] asked = new boolean[Direction.values().length];
    private boolean started;

    ControlConnection(
            PptpConfig config, Direction opened, Calls calls, CallLife life, CallIds ids, Announcement announcement) {
        this.config = config;
        this.opened = opened;
        this.calls = calls;
        this.life = life;
        this.ids = ids;
        this.announcement = announcement;
    }

    /** Whether both sides have started it. */
    boolean isStarted() {
        return started;
    }

    /** Whether one side has asked to start it. */
    boolean isAsked(Direction direction) {
        return asked[direction.ordinal()];
    }

    void restore(boolean outboundAsked, boolean inboundAsked, boolean isStarted) {
        asked[Direction.OUTBOUND.ordinal()] = outboundAsked;
        asked[Direction.INBOUND.ordinal()] = inboundAsked;
        started = isStarted;
    }

    /** What is to become of the Call ID at an offset of a message, if there is one. */
    Optional<IdField> field(PptpMessage message, int offset, Direction direction) {
        if (offset == PptpMessage.FIRST_CALL_ID && message.announces()) {
            return Optional.of(direction == Direction.OUTBOUND ? new AnnouncedField(message) : IdField.UNTOUCHED);
        }
        return owner(message, offset).map(owner -> named(message, owner, direction));
    }

    private static Optional<Owner> owner(PptpMessage message, int offset) {
        return offset == PptpMessage.FIRST_CALL_ID ? message.firstCallId() : message.secondCallId();
    }

    private NamedField named(PptpMessage message, Owner owner, Direction direction) {
        return new NamedField(calls, message, direction, Reading.of(message, owner, config.quirks()));
    }

    /** The call that the Call ID at an offset of a message means. */
    private Optional<Match> match(PptpMessage message, int offset, MessageReader from, Direction direction) {
        return owner(message, offset)
                .flatMap(owner -> named(message, owner, direction).named(from.u16(offset)));
    }

    /** The Call ID that the inside host has chosen, in a request for a call or in the reply to one. */
    private final class AnnouncedField implements IdField {
        private final PptpMessage message;

        AnnouncedField(PptpMessage message) {
            this.message = message;
        }

        @Override
        public int high(int high, Turn turn) {
            announcement.decide(firstStep(high, turn));
            return announcement.high(high);
        }

        private int firstStep(int high, Turn turn) {
            if (!started) {
                turn.report(PptpNotice.PPTP_NOT_STARTED);
                return Announcement.UNTOUCHED;
            }
            if (message.answersForCall() && !calls.hasAsked(message.inside(Direction.OUTBOUND))) {
                turn.report(PptpNotice.PPTP_WRONG_SIDE);
                return Announcement.UNTOUCHED;
            }
            if (!life.hasRoom(turn)) {
                turn.report(PptpNotice.PPTP_CALL_QUOTA);
                return CallIds.SINK;
            }
            int spare = ids.spare(high, turn);
            if (spare == CallIds.SINK) {
                turn.report(PptpNotice.PPTP_ID_EXHAUSTED);
            }
            return spare;
        }

        @Override
        public int whole(int id, Turn turn) {
            if (!announcement.isDecided()) {
                high(id >>> 8, turn);
            }
            int outsideId = announcement.choose(id, ids, turn);
            if (!message.answersForCall() && !announcement.isUntouched()) {
                life.expect(message.inside(Direction.OUTBOUND), id, turn);
            }
            return outsideId;
        }
    }

    /** A message has passed. */
    void passed(PptpMessage message, MessageReader from, Direction direction, Turn turn) {
        switch (message) {
            case START_CONTROL_CONNECTION_REQUEST -> asked[direction.ordinal()] = true;
            case START_CONTROL_CONNECTION_REPLY -> startReply(from, direction);
            case STOP_CONTROL_CONNECTION_REQUEST -> calls.all().forEach(call -> life.linger(call, turn));
            case STOP_CONTROL_CONNECTION_REPLY -> stopReply(from, turn);
            case ECHO_REQUEST, ECHO_REPLY -> extend(turn);
            case OUTGOING_CALL_REQUEST, INCOMING_CALL_REQUEST -> callRequest(message, from, direction, turn);
            case OUTGOING_CALL_REPLY, INCOMING_CALL_REPLY -> callReply(message, from, direction, turn);
            case CALL_CLEAR_REQUEST ->
                match(message, PptpMessage.FIRST_CALL_ID, from, direction)
                        .ifPresent(match -> life.linger(match.call(), turn));
            case CALL_DISCONNECT_NOTIFY -> disconnect(message, from, direction, turn);
            case INCOMING_CALL_CONNECTED, WAN_ERROR_NOTIFY, SET_LINK_INFO -> {}
        }
        if (direction == Direction.OUTBOUND) {
            announcement.drop(turn);
        }
    }

    private void startReply(MessageReader from, Direction direction) {
        Direction other = direction == Direction.OUTBOUND ? Direction.INBOUND : Direction.OUTBOUND;
        if (isAsked(other) && from.u8(MessageReader.START_RESULT) == GOOD) {
            started = true;
        }
    }

    private void stopReply(MessageReader from, Turn turn) {
        if (from.u8(MessageReader.STOP_RESULT) == GOOD) {
            calls.all().forEach(call -> life.close(call, turn));
            restore(false, false, false);
        }
    }

    private void extend(Turn turn) {
        for (Call call : calls.all()) {
            if (call.phase() == Phase.LIVE && call.claim() == Claim.BOUND) {
                turn.extend(call.outsideId());
            }
        }
    }

    /** An outside PNS may only call an inside PAC that was made reachable, else it could open what it likes. */
    private void callRequest(PptpMessage message, MessageReader from, Direction direction, Turn turn) {
        if (direction == Direction.OUTBOUND) {
            return;
        }
        Owner role = message.inside(direction);
        if (!started) {
            turn.report(PptpNotice.PPTP_NOT_STARTED);
        } else if (role == Owner.PAC && opened == Direction.OUTBOUND) {
            turn.report(PptpNotice.PPTP_WRONG_SIDE);
        } else {
            life.ask(role, from.u16(PptpMessage.FIRST_CALL_ID), turn);
        }
    }

    private void callReply(PptpMessage message, MessageReader from, Direction direction, Turn turn) {
        if (direction == Direction.OUTBOUND) {
            agree(message, from, turn);
            return;
        }
        match(message, PptpMessage.SECOND_CALL_ID, from, direction)
                .ifPresent(match -> answered(match.call(), from, turn));
    }

    private void answered(Call call, MessageReader from, Turn turn) {
        if (from.u8(MessageReader.CALL_RESULT) == GOOD) {
            life.agreed(call, from.u16(PptpMessage.FIRST_CALL_ID), turn);
        } else if (call.remoteId() == Call.NO_ID) {
            life.close(call, turn);
        }
    }

    private void agree(PptpMessage message, MessageReader from, Turn turn) {
        if (announcement.isUntouched()) {
            return;
        }
        Owner role = message.inside(Direction.OUTBOUND);
        int remoteId = from.u16(PptpMessage.SECOND_CALL_ID);
        Optional<Call> request = calls.asked(role, remoteId);
        if (request.isEmpty()) {
            turn.report(PptpNotice.PPTP_WRONG_SIDE);
            return;
        }
        life.close(request.get(), turn);
        if (from.u8(MessageReader.CALL_RESULT) == GOOD) {
            life.agree(role, from.u16(PptpMessage.FIRST_CALL_ID), remoteId, turn);
        }
    }

    /**
     * Some peers send no Call ID that we can know; if there is one call only, that is the one. Not one that still waits for
     * its answer: that ends by itself, and what is said too late of another call must not end it.
     */
    private void disconnect(PptpMessage message, MessageReader from, Direction direction, Turn turn) {
        Optional<Match> match = match(message, PptpMessage.FIRST_CALL_ID, from, direction);
        if (match.isPresent()) {
            match.get().reading().quirk().ifPresent(quirk -> turn.report(quirk.notice()));
            life.close(match.get().call(), turn);
            return;
        }
        turn.report(PptpNotice.PPTP_UNKNOWN_CALL);
        Owner role = message.inside(direction);
        if (calls.count(call -> call.role() == role) == 1) {
            calls.first(call -> call.role() == role && call.phase() != Phase.EXPECTED)
                    .ifPresent(call -> life.linger(call, turn));
        }
    }
}
