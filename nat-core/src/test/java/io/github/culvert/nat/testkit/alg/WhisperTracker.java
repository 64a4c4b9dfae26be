package io.github.culvert.nat.testkit.alg;

import static io.github.culvert.nat.testkit.alg.WhisperAlg.PROTOCOL;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.alg.Observation;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.audit.Advice;
import io.github.culvert.nat.audit.Confidence;
import io.github.culvert.nat.audit.VpnProtocol;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.alg.WhisperAlg.Told;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows one pair of {@link WhisperAlg}. */
final class WhisperTracker implements Tracker {
    private static final int LETTER = 4;
    private static final int CLAIM = 8;
    private static final Ipv4Address STRANGER = Ipv4Address.parse("192.168.1.99");

    /** Inside hosts by what lets them out: their number of ways out. */
    private final Map<Ipv4Address, Integer> hosts = new LinkedHashMap<>();
    /** Those that have sent and are not bound yet, in the order of their first packet. */
    private final Set<Ipv4Address> waiting = new LinkedHashSet<>();
    /** Whose an inbound identifier is taken to be. */
    private final Map<Long, Ipv4Address> owners = new LinkedHashMap<>();

    @Override
    public List<Action> onUnbound(
            Direction direction, Ipv4Address inside, long identifier, Octets packet, Context context) {
        char letter = (char) packet.u8(LETTER);
        return switch (letter) {
            case 'T' -> List.of(new Action.Arm(1, context.now() + 5_000_000_000L));
            case '?' -> List.of(new Action.Refuse(Told.WHISPER_REFUSED));
            case '!' -> List.of(new Action.Stop(Action.Aftermath.PASS, Told.WHISPER_STOPPED));
            case 'x' -> List.of(new Action.Bind(PROTOCOL, identifier, identifier, STRANGER));
            case '+' -> List.of(new Action.Deliver(List.of(STRANGER)));
            case '*' -> List.of(new Action.Deliver(List.copyOf(hosts.keySet())));
            case '#' -> throw new IllegalStateException("on purpose");
            default ->
                direction == Direction.OUTBOUND
                        ? sent(inside, identifier, letter == 'c' ? packet : Octets.empty(), context)
                        : received(identifier, context);
        };
    }

    private List<Action> sent(Ipv4Address host, long identifier, Octets claim, Context context) {
        if (!context.hasRoom(2)) {
            return List.of(new Action.Report(Told.WHISPER_NO_ROOM));
        }
        List<Action> actions = new ArrayList<>();
        hosts.merge(host, 1, Integer::sum);
        actions.add(new Action.Open(PROTOCOL, identifier, host));
        if (claim.length() == 0) {
            waiting.add(host);
        } else {
            long claimed = Integer.toUnsignedLong(claim.i32(CLAIM));
            waiting.remove(host);
            Ipv4Address wrong = owners.put(claimed, host);
            if (wrong != null) {
                waiting.add(wrong);
                actions.add(new Action.Release(PROTOCOL, claimed));
            }
            actions.add(new Action.Bind(PROTOCOL, claimed, claimed, host));
        }
        return actions;
    }

    private List<Action> received(long identifier, Context context) {
        Ipv4Address host = waiting.isEmpty() ? null : waiting.iterator().next();
        if (host == null && hosts.size() == 1) {
            host = hosts.keySet().iterator().next();
        }
        if (host == null || !context.hasRoom(host, 1)) {
            return List.of(new Action.Report(Told.WHISPER_AMBIGUOUS));
        }
        waiting.remove(host);
        owners.put(identifier, host);
        return List.of(new Action.Bind(PROTOCOL, identifier, identifier, host));
    }

    @Override
    public List<Action> onIdle(int protocol, long identifier, Context context) {
        owners.remove(identifier);
        return List.of(new Action.Report(Told.WHISPER_IDLE));
    }

    @Override
    public List<Action> onIdleOut(int protocol, Ipv4Address inside, long remoteId, Context context) {
        hosts.merge(inside, -1, (before, change) -> before == 1 ? null : before + change);
        List<Action> actions = new ArrayList<>();
        if (!hosts.containsKey(inside)) {
            waiting.remove(inside);
            owners.entrySet().removeIf(entry -> {
                boolean his = entry.getValue().equals(inside);
                if (his) {
                    actions.add(new Action.Release(PROTOCOL, entry.getKey()));
                }
                return his;
            });
        }
        actions.add(new Action.Report(Told.WHISPER_IDLE_OUT));
        return actions;
    }

    @Override
    public List<Action> onTimer(int timer, Context context) {
        return List.of(new Action.Report(Told.WHISPER_TIMER));
    }

    @Override
    public List<Action> onEnd(End end, Context context) {
        return List.of(new Action.Report(end == End.OFF ? Told.WHISPER_OFF : Told.WHISPER_EXPIRED));
    }

    @Override
    public Octets save() {
        ByteBuffer out = ByteBuffer.allocate(12 + 8 * hosts.size() + 4 * waiting.size() + 8 * owners.size());
        out.putInt(hosts.size()).putInt(waiting.size()).putInt(owners.size());
        hosts.forEach((host, ways) -> out.putInt(host.bits()).putInt(ways));
        waiting.forEach(host -> out.putInt(host.bits()));
        owners.forEach((id, host) -> out.putInt((int) (long) id).putInt(host.bits()));
        return Octets.of(out.array());
    }

    WhisperTracker load(Octets saved) {
        ByteBuffer in = ByteBuffer.wrap(saved.toByteArray());
        int ways = in.getInt();
        int waits = in.getInt();
        int owned = in.getInt();
        for (int i = 0; i < ways; i++) {
            hosts.put(new Ipv4Address(in.getInt()), in.getInt());
        }
        for (int i = 0; i < waits; i++) {
            waiting.add(new Ipv4Address(in.getInt()));
        }
        for (int i = 0; i < owned; i++) {
            owners.put(Integer.toUnsignedLong(in.getInt()), new Ipv4Address(in.getInt()));
        }
        return this;
    }

    @Override
    public List<Observation> observations() {
        return hosts.keySet().stream()
                .map(host -> new Observation(
                        host,
                        VpnProtocol.PPTP,
                        Confidence.LIKELY,
                        "words",
                        owners.values().stream().filter(host::equals).count() + " bound",
                        new Advice("WHISPER", "Speak up.")))
                .toList();
    }
}
