package io.github.culvert.pptp;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.alg.Observation;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.pptp.Call.Claim;
import java.util.List;

/**
 * Follows one control connection of PPTP (RFC 2637 section 3.1): reads both streams from their first byte, has the Call
 * IDs of the inside host replaced, and its calls opened and closed. A stream that is not what it should be is read no
 * further. Its memory is bounded: two message headers and a limited number of calls.
 *
 * <p>Used by one thread at a time.
 */
final class PptpTracker implements Tracker {
    private final PptpConfig config;
    private final Scope.Channel scope;
    private final Calls calls = new Calls();
    private final Announcement announcement = new Announcement();
    private final CallLife life;
    private final ControlConnection connection;
    private final List<MessageReader> readers = List.of(new MessageReader(), new MessageReader());
    private boolean over;

    PptpTracker(PptpConfig config, Scope.Channel scope) {
        this.config = config;
        this.scope = scope;
        life = new CallLife(config, scope.insideEnd().address(), calls, announcement);
        connection = new ControlConnection(config, scope.opened(), calls, life, new CallIds(calls), announcement);
    }

    @Override
    public List<Action> onStream(Direction direction, long position, Octets bytes, Context context) {
        Turn turn = new Turn(context);
        if (over) {
            return turn.actions();
        }
        if (reader(direction).position() == position) {
            read(direction, bytes, turn);
        } else {
            stop(turn);
        }
        if (!over) {
            announcement.hold(turn);
        }
        return turn.actions();
    }

    private void read(Direction direction, Octets bytes, Turn turn) {
        MessageReader reader = reader(direction);
        for (int i = 0; i < bytes.length(); i++) {
            int offset = reader.take(bytes.u8(i));
            if (MessageReader.endsHeader(offset) && !reader.readHeader()) {
                stop(turn);
                return;
            }
            boolean last = i == bytes.length() - 1;
            reader.message().ifPresent(message -> edit(message, offset, last, direction, turn));
            if (reader.isComplete()) {
                reader.message().ifPresent(message -> connection.passed(message, reader, direction, turn));
                reader.next();
            }
        }
    }

    private void edit(PptpMessage message, int offset, boolean last, Direction direction, Turn turn) {
        MessageReader reader = reader(direction);
        if (offset == PptpMessage.FIRST_CALL_ID || offset == PptpMessage.SECOND_CALL_ID) {
            if (last) {
                connection.field(message, offset, direction).ifPresent(field -> editFirst(field, offset, reader, turn));
            }
        } else if (offset == PptpMessage.FIRST_CALL_ID + 1 || offset == PptpMessage.SECOND_CALL_ID + 1) {
            connection
                    .field(message, offset - 1, direction)
                    .ifPresent(field -> editSecond(field, offset, reader, direction, turn));
        }
    }

    /** The second byte is not there yet, but the first leaves now. */
    private static void editFirst(IdField field, int offset, MessageReader reader, Turn turn) {
        int high = reader.u8(offset);
        reader.sent(field.high(high, turn));
        turn.edit(reader.position() - 1, reader.sent());
    }

    private void editSecond(IdField field, int offset, MessageReader reader, Direction direction, Turn turn) {
        int id = reader.u16(offset - 1);
        int whole = field.whole(id, turn);
        long position = reader.position() - 1;
        int sent = reader.sent();
        if (sent == Call.NO_ID) {
            turn.edit(position - 1, whole >>> 8);
            turn.edit(position, whole & 0xff);
        } else {
            int low = whole & 0xff;
            turn.edit(position, whole >>> 8 == sent ? low : calls.harmless(sent, low, direction));
            reader.sent(Call.NO_ID);
        }
    }

    private void stop(Turn turn) {
        over = true;
        calls.all().forEach(calls::remove);
        turn.add(new Action.Stop(config.onDesync(), PptpNotice.PPTP_DESYNC));
    }

    @Override
    public List<Action> onIdle(int protocol, long identifier, Context context) {
        Turn turn = new Turn(context);
        calls.first(call -> call.claim() == Claim.BOUND && call.outsideId() == identifier)
                .ifPresent(call -> life.idle(call, turn));
        return turn.actions();
    }

    @Override
    public List<Action> onTimer(int timer, Context context) {
        Turn turn = new Turn(context);
        calls.first(call -> call.key() == timer && call.isTimed()).ifPresent(call -> life.expire(call, turn));
        return turn.actions();
    }

    /** A RST may be forged: the calls live on, and end with the session of the connection (RFC 7857 section 2.2). */
    @Override
    public List<Action> onEnd(End end, Context context) {
        Turn turn = new Turn(context);
        switch (end) {
            case RESET -> {}
            case CLOSED, EXPIRED, OFF -> {
                over = true;
                announcement.drop(turn);
                calls.all().forEach(call -> life.close(call, turn));
            }
        }
        return turn.actions();
    }

    @Override
    public Octets save() {
        return PptpState.save(this);
    }

    @Override
    public List<Observation> observations() {
        return List.of(PptpAudit.observation(scope, connection, calls));
    }

    Calls calls() {
        return calls;
    }

    Announcement announcement() {
        return announcement;
    }

    ControlConnection connection() {
        return connection;
    }

    MessageReader reader(Direction direction) {
        return readers.get(direction.ordinal());
    }

    boolean isOver() {
        return over;
    }

    void restoreOver(boolean wasOver) {
        over = wasOver;
    }
}
