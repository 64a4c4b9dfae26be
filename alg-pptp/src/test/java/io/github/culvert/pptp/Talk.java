package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.pptp.PptpMessage.Owner;
import io.github.culvert.pptp.TalkCall.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two hosts that keep to RFC 2637 and place, answer and end calls at random; checks that each hears what the other said
 * but for Call IDs, always the same ones for the same call, and that just the sessions are bound that should be.
 */
final class Talk {
    private static final double FOREVER = Double.MAX_VALUE;
    private static final int MOST_CALLS = 14;

    private final Dialogue dialogue;
    private final Random dice;
    private final List<TalkCall> calls = new ArrayList<>();
    private final Set<Integer> insideIds = new HashSet<>();
    private final Set<Integer> remoteIds = new HashSet<>();
    private double now;

    /** What arrived on each side. */
    Octets heard = Octets.empty();

    /** The same seed gives the same talk, however the messages are cut. */
    Talk(Dialogue dialogue, long seed) {
        this.dialogue = dialogue;
        dice = new Random(seed);
    }

    Dialogue dialogue() {
        return dialogue;
    }

    /** One more step. */
    void step() {
        pass(0);
        int what = dice.nextInt(13);
        if (what < 3 && open() < MOST_CALLS) {
            request();
        } else if (what == 3) {
            says(direction(), Messages.echoRequest(), Messages.unknown(1, 77, 12 + dice.nextInt(50)));
        } else if (what == 4) {
            pass(dice.nextInt(40));
        } else if (what == 5) {
            calls.stream().filter(call -> call.openUntil != 0).findAny().ifPresent(this::idle);
        } else if (!calls.isEmpty()) {
            goOn(calls.get(dice.nextInt(calls.size())));
        }
        isAsItShouldBe();
    }

    private void pass(double seconds) {
        now = dialogue.seconds() + seconds;
        dialogue.at(now);
        for (TalkCall call : calls) {
            call.openUntil = call.openUntil <= now ? 0 : call.openUntil;
            call.stage = call.forgottenAt <= now ? Stage.GONE : call.stage;
        }
    }

    private void idle(TalkCall call) {
        dialogue.channel.idle(call.outsideId);
        call.openUntil = 0;
        call.stage = call.stage == Stage.CLEARED ? Stage.GONE : call.stage;
    }

    private long open() {
        return calls.stream().filter(call -> call.stage != Stage.GONE).count();
    }

    private Direction direction() {
        return Direction.values()[dice.nextInt(2)];
    }

    /** Few high bytes, so that they meet. */
    private int newId(Set<Integer> used) {
        int id;
        do {
            id = dice.nextInt(4) << 8 | dice.nextInt(256);
        } while (!used.add(id));
        return id;
    }

    private void request() {
        Direction asking = direction();
        Owner inside = mayBePac(asking) ? Owner.values()[dice.nextInt(2)] : Owner.PNS;
        TalkCall call = new TalkCall(inside, asking, newId(insideIds), newId(remoteIds));
        calls.add(call);
        int own = asking == Direction.OUTBOUND ? call.insideId : call.remoteId;
        Octets message = call.isOutgoing() ? Messages.outgoingRequest(own) : Messages.incomingRequest(own);
        Octets arrived = says(asking, message);
        if (asking == Direction.OUTBOUND) {
            hears(call, arrived.u16(12));
            call.openUntil = now + 60;
        }
        call.stage = Stage.REQUESTED;
    }

    /** Nobody calls an inside host that dialled itself. */
    private boolean mayBePac(Direction asking) {
        return asking == Direction.OUTBOUND || dialogue.channel.scope.opened() == Direction.INBOUND;
    }

    private static void hears(TalkCall call, int id) {
        assertThat(id).isBetween(1, 0xfffe);
        call.outsideId = id;
    }

    private void goOn(TalkCall call) {
        switch (call.stage) {
            case NEW, GONE -> {}
            case REQUESTED -> answer(call);
            case UP -> use(call);
            case CLEARED -> disconnect(call);
        }
    }

    private void answer(TalkCall call) {
        int result = dice.nextInt(5) == 0 ? Messages.REFUSED : Messages.GOOD;
        if (call.asking == Direction.INBOUND) {
            Octets arrived = says(Direction.OUTBOUND, reply(call, call.insideId, call.remoteId, result));
            hears(call, arrived.u16(12));
            assertThat(arrived.u16(14)).isEqualTo(call.remoteId);
            call.openUntil = result == Messages.GOOD ? FOREVER : 0;
        } else {
            Octets arrived = says(Direction.INBOUND, reply(call, call.remoteId, call.outsideId, result));
            assertThat(arrived.u16(12)).isEqualTo(call.remoteId);
            assertThat(arrived.u16(14)).isEqualTo(call.insideId);
            call.openUntil = result == Messages.GOOD && call.openUntil != 0 ? FOREVER : 0;
        }
        call.stage = result == Messages.GOOD ? Stage.UP : Stage.GONE;
    }

    private static Octets reply(TalkCall call, int own, int peer, int result) {
        return call.isOutgoing()
                ? Messages.outgoingReply(own, peer, result)
                : Messages.incomingReply(own, peer, result);
    }

    private void use(TalkCall call) {
        switch (dice.nextInt(5)) {
            case 0 -> names(call.fromPac(), Owner.PNS, call, PptpMessage.INCOMING_CALL_CONNECTED);
            case 1 -> names(call.fromPac(), Owner.PNS, call, PptpMessage.WAN_ERROR_NOTIFY);
            case 2 -> names(call.fromPns(), Owner.PAC, call, PptpMessage.SET_LINK_INFO);
            case 3 -> clear(call);
            default -> disconnect(call);
        }
    }

    private void clear(TalkCall call) {
        names(call.fromPns(), Owner.PNS, call, PptpMessage.CALL_CLEAR_REQUEST);
        call.forgottenAt = now + 60;
        call.openUntil = call.openUntil == 0 ? 0 : call.forgottenAt;
        call.stage = Stage.CLEARED;
    }

    private void disconnect(TalkCall call) {
        names(call.fromPac(), Owner.PAC, call, PptpMessage.CALL_DISCONNECT_NOTIFY);
        call.openUntil = 0;
        call.stage = Stage.GONE;
    }

    /** A message with one Call ID, that of an owner: who sends it uses the Call ID that he knows, and so who gets it. */
    private void names(Direction direction, Owner owner, TalkCall call, PptpMessage message) {
        boolean own = owner == call.inside;
        int said = own ? direction == Direction.OUTBOUND ? call.insideId : call.outsideId : call.remoteId;
        int meant = own ? direction == Direction.OUTBOUND ? call.outsideId : call.insideId : call.remoteId;
        Octets arrived = says(direction, Messages.put16(Messages.golden(message), 12, said));
        assertThat(arrived).isEqualTo(Messages.put16(Messages.golden(message), 12, meant));
    }

    private Octets says(Direction direction, Octets... messages) {
        Octets arrived = dialogue.says(direction, messages).heard();
        heard = heard.then(arrived);
        return arrived;
    }

    private void isAsItShouldBe() {
        Set<Integer> open = calls.stream()
                .filter(call -> call.openUntil != 0)
                .map(call -> call.outsideId)
                .collect(Collectors.toSet());
        assertThat(dialogue.channel.bound.keySet()).isEqualTo(open);
        assertThat(dialogue.channel.held).isEmpty();
        assertThat(dialogue.channel.notices).isEmpty();
    }
}
