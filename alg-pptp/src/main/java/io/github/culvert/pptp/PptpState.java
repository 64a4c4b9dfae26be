package io.github.culvert.pptp;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.pptp.Call.Claim;
import io.github.culvert.pptp.Call.Phase;
import io.github.culvert.pptp.PptpMessage.Owner;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** A tracker as bytes, and back. Everything is of fixed width but the calls, which come last. */
final class PptpState {
    private static final int FORM = 0x5050_0001;
    private static final int FIXED = 4 + 1 + 2 * (8 + 2 + 2 + MessageReader.KEPT) + 3 * 4 + 4 + 2;
    private static final int CALL = 4 + 3 + 3 * 4;
    private static final int MOST_CALLS = 256 + Calls.MOST_UNBOUND;
    private static final int OVER = 1;
    private static final int STARTED = 2;
    private static final int OUTBOUND_ASKED = 4;
    private static final int INBOUND_ASKED = 8;

    private PptpState() {}

    static Octets save(PptpTracker tracker) {
        Calls calls = tracker.calls();
        ByteBuffer out = ByteBuffer.allocate(FIXED + calls.all().size() * CALL);
        out.putInt(FORM).put((byte) flags(tracker));
        for (Direction direction : Direction.values()) {
            save(tracker.reader(direction), out);
        }
        Announcement announcement = tracker.announcement();
        out.putInt(announcement.spare()).putInt(announcement.chosen()).putInt(announcement.held());
        out.putInt(calls.lastKey()).putShort((short) calls.all().size());
        calls.all().forEach(call -> save(call, out));
        return Octets.of(out.array());
    }

    private static int flags(PptpTracker tracker) {
        ControlConnection connection = tracker.connection();
        return (tracker.isOver() ? OVER : 0)
                | (connection.isStarted() ? STARTED : 0)
                | (connection.isAsked(Direction.OUTBOUND) ? OUTBOUND_ASKED : 0)
                | (connection.isAsked(Direction.INBOUND) ? INBOUND_ASKED : 0);
    }

    private static void save(MessageReader reader, ByteBuffer out) {
        out.putLong(reader.position()).putShort((short) reader.taken()).putShort((short) reader.sent());
        for (int i = 0; i < MessageReader.KEPT; i++) {
            out.put((byte) (i < reader.taken() ? reader.u8(i) : 0));
        }
    }

    private static void save(Call call, ByteBuffer out) {
        out.putInt(call.key());
        out.put((byte) call.role().ordinal());
        out.put((byte) call.phase().ordinal());
        out.put((byte) call.claim().ordinal());
        out.putInt(call.insideId()).putInt(call.outsideId()).putInt(call.remoteId());
    }

    /**
     * Gives a new tracker the state of one that was saved.
     *
     * @throws IllegalArgumentException if the bytes are not what {@link #save} gives
     */
    static PptpTracker restore(PptpTracker tracker, Octets saved) {
        ByteBuffer in = ByteBuffer.wrap(saved.toByteArray());
        try {
            restore(tracker, in);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the saved state ends after " + saved.length() + " bytes", e);
        }
        require(!in.hasRemaining(), "more than one state");
        return tracker;
    }

    private static void restore(PptpTracker tracker, ByteBuffer in) {
        require(in.getInt() == FORM, "another form");
        int flags = in.get();
        require((flags & ~(OVER | STARTED | OUTBOUND_ASKED | INBOUND_ASKED)) == 0, "flags " + flags);
        tracker.restoreOver((flags & OVER) != 0);
        tracker.connection()
                .restore((flags & OUTBOUND_ASKED) != 0, (flags & INBOUND_ASKED) != 0, (flags & STARTED) != 0);
        for (Direction direction : Direction.values()) {
            restore(tracker.reader(direction), tracker.isOver(), in);
        }
        tracker.announcement().restore(id(in, Announcement.UNTOUCHED), id(in, Call.NO_ID), id(in, Call.NO_ID));
        Calls calls = tracker.calls();
        calls.lastKey(in.getInt());
        int count = in.getShort();
        require(count >= 0 && count <= MOST_CALLS, count + " calls");
        for (int i = 0; i < count; i++) {
            calls.add(call(calls.lastKey(), in));
        }
    }

    private static void restore(MessageReader reader, boolean over, ByteBuffer in) {
        long position = in.getLong();
        int taken = in.getShort();
        int sent = in.getShort();
        byte[] head = new byte[MessageReader.KEPT];
        in.get(head);
        require(position >= 0 && taken >= 0 && taken <= position, "position " + position + ", " + taken + " taken");
        require(sent >= Call.NO_ID && sent <= 0xff, "sent " + sent);
        reader.restore(position, head, taken, sent);
        require(!reader.hasHeader() || over || reader.readHeader() && !reader.isBeyond(), "a header that is none");
    }

    private static Call call(int lastKey, ByteBuffer in) {
        int key = in.getInt();
        Owner role = one(Owner.values(), in);
        Phase phase = one(Phase.values(), in);
        Claim claim = one(Claim.values(), in);
        int insideId = id(in, Call.NO_ID);
        int outsideId = id(in, Call.NO_ID);
        int remoteId = id(in, Call.NO_ID);
        boolean own = phase != Phase.ASKED;
        require(key > 0 && key <= lastKey, "key " + key);
        require(own == (insideId != Call.NO_ID) && own == (outsideId > 0), phase + " with " + outsideId);
        require(claim == Claim.NONE || outsideId > 0 && outsideId < CallIds.SINK, claim + " of " + outsideId);
        Call call = new Call(key, role, insideId, outsideId, remoteId, phase);
        call.claim(claim);
        return call;
    }

    private static <T> T one(T[] values, ByteBuffer in) {
        int ordinal = in.get();
        require(ordinal >= 0 && ordinal < values.length, "constant " + ordinal);
        return values[ordinal];
    }

    private static int id(ByteBuffer in, int least) {
        int id = in.getInt();
        require(id >= least && id <= CallIds.SINK, "Call ID " + id);
        return id;
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new IllegalArgumentException("this is no saved PPTP connection: " + what);
        }
    }
}
