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
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.alg.MurmurAlg.Told;
import io.github.culvert.nat.wire.UdpLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Follows one channel of {@link MurmurAlg}. */
final class MurmurTracker implements Tracker {
    private static final int UDP = UdpLayout.PROTOCOL;
    private static final int LETTER = 2;
    private static final int OPERAND = 3;
    private static final Ipv4Address STRANGER = Ipv4Address.parse("192.168.1.99");

    private final Scope.Channel scope;
    /** Inside identifiers by outside ones. */
    private final Map<Integer, Integer> ids = new TreeMap<>();

    MurmurTracker(Scope.Channel scope) {
        this.scope = scope;
    }

    @Override
    public List<Action> onDatagram(Direction direction, Octets payload, Context context) {
        if (payload.length() < OPERAND) {
            return List.of();
        }
        if (direction == Direction.INBOUND) {
            Integer inside = ids.get(payload.u16(0));
            return inside == null ? List.of() : edits(0, inside);
        }
        char letter = (char) payload.u8(LETTER);
        if (letter == '#') {
            throw new IllegalStateException("on purpose");
        }
        if (payload.length() < OPERAND + 2) {
            return List.of();
        }
        int id = payload.u16(OPERAND);
        return switch (letter) {
            case 'H' -> hello(id, context);
            case 'X' -> bye(id);
            case 'B' -> List.of(new Action.Bind(UDP, id, id, STRANGER));
            default -> List.of();
        };
    }

    private static List<Action> edits(int at, int id) {
        return List.of(new Action.Edit(at, id >>> 8), new Action.Edit(at + 1, id & 0xff));
    }

    private Integer outside(int inside) {
        for (Map.Entry<Integer, Integer> known : ids.entrySet()) {
            if (known.getValue() == inside) {
                return known.getKey();
            }
        }
        return 0;
    }

    private List<Action> hello(int inside, Context context) {
        int known = outside(inside);
        if (known != 0) {
            return edits(OPERAND, known);
        }
        int chosen = inside;
        for (int tries = 0; tries < 64 && !context.isFree(UDP, chosen); tries++) {
            chosen = 1 + context.random().nextInt(0xffff);
        }
        if (!context.hasRoom(1) || !context.isFree(UDP, chosen)) {
            return List.of(new Action.Report(Told.MURMUR_NO_ROOM));
        }
        ids.put(chosen, inside);
        List<Action> actions = new ArrayList<>(edits(OPERAND, chosen));
        actions.add(new Action.Bind(UDP, chosen, inside, scope.insideEnd().address()));
        return actions;
    }

    private List<Action> bye(int inside) {
        int known = outside(inside);
        if (known == 0) {
            return List.of();
        }
        ids.remove(known);
        List<Action> actions = new ArrayList<>(edits(OPERAND, known));
        actions.add(new Action.Release(UDP, known));
        return actions;
    }

    @Override
    public List<Action> onIdle(int protocol, long identifier, Context context) {
        ids.remove((int) identifier);
        return List.of(new Action.Report(Told.MURMUR_IDLE));
    }

    @Override
    public List<Action> onEnd(End end, Context context) {
        return List.of(new Action.Report(Told.MURMUR_ENDED));
    }

    @Override
    public Octets save() {
        ByteBuffer out = ByteBuffer.allocate(4 * ids.size());
        ids.forEach((outside, inside) -> out.putShort((short) (int) outside).putShort((short) (int) inside));
        return Octets.of(out.array());
    }

    MurmurTracker load(Octets saved) {
        for (int at = 0; at < saved.length(); at += 4) {
            ids.put(saved.u16(at), saved.u16(at + 2));
        }
        return this;
    }

    @Override
    public List<Observation> observations() {
        return List.of(new Observation(
                scope.insideEnd().address(),
                VpnProtocol.L2TP_V2,
                Confidence.LIKELY,
                "murmurs",
                ids.size() + " bound",
                new Advice("MURMUR", "Speak up.")));
    }
}
