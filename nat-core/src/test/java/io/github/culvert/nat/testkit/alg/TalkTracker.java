package io.github.culvert.nat.testkit.alg;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.alg.Observation;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.audit.Advice;
import io.github.culvert.nat.audit.Confidence;
import io.github.culvert.nat.audit.VpnProtocol;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.alg.TalkAlg.Told;
import io.github.culvert.nat.wire.GreLayout;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Follows one connection of {@link TalkAlg}. */
final class TalkTracker implements Tracker {
    private static final int GRE = GreLayout.PROTOCOL;
    private static final Map<Character, Integer> LENGTHS = Map.of('C', 3, 'S', 5, 'X', 3, 'T', 2);

    private final Scope.Channel scope;
    /** The operands that have come so far, with their letter, by direction. */
    private final ByteArrayOutputStream[] begun = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
    /** Inside ids by outside ids. */
    private final Map<Integer, Integer> calls = new TreeMap<>();

    TalkTracker(Scope.Channel scope) {
        this.scope = scope;
    }

    @Override
    public List<Action> onStream(Direction direction, long position, Octets bytes, Context context) {
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < bytes.length(); i++) {
            ByteArrayOutputStream message = begun[direction.ordinal()];
            message.write(bytes.u8(i));
            char letter = (char) message.toByteArray()[0];
            if (message.size() == LENGTHS.getOrDefault(letter, 1)) {
                byte[] whole = message.toByteArray();
                message.reset();
                read(letter, whole, position + i, context, actions);
            }
        }
        return actions;
    }

    private void read(char letter, byte[] message, long last, Context context, List<Action> actions) {
        switch (letter) {
            case 'e' -> actions.add(new Action.Edit(last, 'E'));
            case 'C' -> open(id(message, 1), last, context, actions);
            case 'S' -> answered(id(message, 1), id(message, 3), last, actions);
            case 'X' -> close(id(message, 1), last, actions);
            case 'T' -> actions.add(new Action.Arm(1, context.now() + message[1] * 1_000_000_000L));
            case '?' -> actions.add(new Action.Refuse(Told.TALK_REFUSED));
            case '!' -> actions.add(new Action.Stop(Action.Aftermath.CUT, Told.TALK_STOPPED));
            case '.' -> actions.add(new Action.Stop(Action.Aftermath.PASS, Told.TALK_STOPPED));
            case '#' -> throw new IllegalStateException("on purpose");
            default -> {
                return;
            }
        }
    }

    private static int id(byte[] message, int at) {
        return (message[at] & 0xff) << 8 | message[at + 1] & 0xff;
    }

    private void open(int inside, long last, Context context, List<Action> actions) {
        int outside = inside;
        for (int tries = 0; tries < 256 && !context.isFree(GRE, outside); tries++) {
            outside = inside & 0xff00 | outside + 1 & 0xff;
        }
        if (!context.hasRoom(1) || !context.isFree(GRE, outside)) {
            actions.add(new Action.Report(Told.TALK_NO_ROOM));
            return;
        }
        calls.put(outside, inside);
        actions.add(new Action.Edit(last, outside & 0xff));
        actions.add(new Action.Bind(GRE, outside, inside, scope.insideEnd().address()));
    }

    private void answered(int outside, int remote, long last, List<Action> actions) {
        Integer inside = calls.get(outside);
        if (inside != null) {
            actions.add(new Action.Edit(last - 2, inside & 0xff));
            actions.add(new Action.Learn(GRE, outside, remote));
        }
    }

    private void close(int inside, long last, List<Action> actions) {
        for (Map.Entry<Integer, Integer> call : List.copyOf(calls.entrySet())) {
            if (call.getValue() == inside) {
                calls.remove(call.getKey());
                actions.add(new Action.Edit(last, call.getKey() & 0xff));
                actions.add(new Action.Release(GRE, call.getKey()));
            }
        }
    }

    @Override
    public List<Action> onTimer(int timer, Context context) {
        return List.of(new Action.Report(Told.TALK_TIMER));
    }

    @Override
    public List<Action> onIdle(int protocol, long identifier, Context context) {
        calls.remove((int) identifier);
        return List.of(new Action.Report(Told.TALK_IDLE));
    }

    @Override
    public List<Action> onEnd(End end, Context context) {
        return List.of(new Action.Report(
                switch (end) {
                    case CLOSED -> Told.TALK_CLOSED;
                    case RESET -> Told.TALK_RESET;
                    case EXPIRED -> Told.TALK_EXPIRED;
                    case OFF -> Told.TALK_OFF;
                }));
    }

    @Override
    public Octets save() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteArrayOutputStream message : begun) {
            out.write(message.size());
            out.writeBytes(message.toByteArray());
        }
        calls.forEach((outside, inside) -> {
            out.write(outside >>> 8);
            out.write(outside);
            out.write(inside >>> 8);
            out.write(inside);
        });
        return Octets.of(out.toByteArray());
    }

    TalkTracker load(Octets saved) {
        int at = 0;
        for (ByteArrayOutputStream message : begun) {
            int length = saved.u8(at++);
            message.writeBytes(saved.slice(at, length).toByteArray());
            at += length;
        }
        for (; at < saved.length(); at += 4) {
            calls.put(saved.u16(at), saved.u16(at + 2));
        }
        return this;
    }

    @Override
    public List<Observation> observations() {
        return List.of(new Observation(
                scope.insideEnd().address(),
                VpnProtocol.PPTP,
                Confidence.CERTAIN,
                "letters",
                calls.size() + " calls",
                new Advice("TALK", "Say it aloud.")));
    }
}
