package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for whatever two hosts say to each other. */
class DialoguePropertiesTest {
    private static final int STEPS = 60;

    /** A talk in which of most high bytes no Call ID is free, so that many cannot be kept. */
    private static Talk talk(long seed, Function<Octets, List<Octets>> pieces) {
        FakeNat nat = new FakeNat();
        Random taken = new Random(seed);
        for (int high = 0; high < 256; high++) {
            int first = high << 8;
            nat.take(first, first + (taken.nextInt(3) > 0 ? 255 : taken.nextInt(192) - 1));
        }
        Dialogue dialogue = Dialogue.dialledFromOutside(nat, PptpAlg.standard(), "192.168.1.12:1723")
                .started();
        return new Talk(dialogue.inPieces(pieces), seed);
    }

    private static Talk run(long seed, Function<Octets, List<Octets>> pieces) {
        Talk talk = talk(seed, pieces);
        for (int i = 0; i < STEPS; i++) {
            talk.step();
        }
        return talk;
    }

    /** Without the edits, which the bytes show, and what depends on the cut by right: what is held in between. */
    private static List<Action> essence(Talk talk) {
        return talk.dialogue().channel.log.stream()
                .filter(action -> !(action instanceof Action.Edit
                        || action instanceof Action.Hold
                        || action instanceof Action.Release))
                .toList();
    }

    @Property(tries = 200)
    void theCutMakesNoDifference(@ForAll long seed, @ForAll long cutSeed) {
        Talk whole = run(seed, List::of);
        Talk bytes = run(seed, Pieces::bytes);
        Random cuts = new Random(cutSeed);
        Talk pieces = run(seed, octets -> Pieces.random(octets, cuts));

        assertThat(bytes.heard).isEqualTo(whole.heard);
        assertThat(pieces.heard).isEqualTo(whole.heard);
        assertThat(essence(bytes)).isEqualTo(essence(whole));
        assertThat(essence(pieces)).isEqualTo(essence(whole));
    }

    @Property(tries = 200)
    void anyOneCutMakesNoDifference(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int cut) {
        Talk whole = run(seed, List::of);
        Talk cutOnce = run(seed, octets -> Pieces.at(octets, cut));
        assertThat(cutOnce.heard).isEqualTo(whole.heard);
        assertThat(essence(cutOnce)).isEqualTo(essence(whole));
    }

    @Property(tries = 100)
    void aTrackerThatIsRestoredAnywhereGoesOnAsBefore(@ForAll long seed, @ForAll long cutSeed) {
        Random cuts = new Random(cutSeed);
        Talk plain = run(seed, octets -> Pieces.random(octets, cuts));
        Random again = new Random(cutSeed);
        Talk[] swapping = new Talk[1];
        swapping[0] = talk(seed, octets -> {
            swapping[0].dialogue().channel.swapBeforeEachPiece();
            return Pieces.random(octets, again);
        });
        for (int i = 0; i < STEPS; i++) {
            swapping[0].step();
        }
        assertThat(swapping[0].heard).isEqualTo(plain.heard);
        assertThat(swapping[0].dialogue().channel.log).isEqualTo(plain.dialogue().channel.log);
    }

    @Property(tries = 200)
    void afterTheEndNothingIsLeft(@ForAll long seed, @ForAll long cutSeed, @ForAll End end) {
        Random cuts = new Random(cutSeed);
        Talk talk = run(seed, octets -> Pieces.random(octets, cuts));
        Dialogue dialogue = talk.dialogue();
        Octets request = Messages.outgoingRequest((int) cutSeed & 0xffff);
        dialogue.channel.pass(Direction.OUTBOUND, request.slice(0, 1 + cuts.nextInt(request.length())));
        dialogue.ends(end);
        if (end == End.RESET) {
            dialogue.ends(End.EXPIRED);
        }
        dialogue.isOver();
        assertThat(dialogue.nat.owned()).isZero();
    }

    @Property(tries = 500)
    void randomBytesOpenNothing(@ForAll @Size(max = 400) byte[] bytes, @ForAll Direction direction, @ForAll long seed) {
        Dialogue dialogue = Dialogue.dialledFromOutside();
        Random cuts = new Random(seed);
        dialogue.inPieces(octets -> Pieces.random(octets, cuts)).says(direction, Octets.of(bytes));
        assertThat(dialogue.channel.log).noneMatch(Action.Bind.class::isInstance);
        dialogue.ends(End.EXPIRED).isOver();
    }

    /** Well-formed messages in any order with any content and a wrong byte now and then, but without a start. */
    @Property(tries = 500)
    void withoutAStartNothingIsOpened(@ForAll long seed) {
        Random dice = new Random(seed);
        Dialogue dialogue = Dialogue.dialledFromOutside();
        for (int i = 0; i < 30; i++) {
            PptpMessage message = PptpMessage.TABLE.get(2 + dice.nextInt(13));
            dialogue.says(Direction.values()[dice.nextInt(2)], garbled(message, dice, 200));
        }
        assertThat(dialogue.channel.log).noneMatch(Action.Bind.class::isInstance);
        dialogue.ends(End.EXPIRED).isOver();
    }

    /** The same with a start: what is opened is closed, and every action can be carried out. */
    @Property(tries = 500)
    void anyMessagesLeaveNothingBehind(@ForAll long seed) {
        Random dice = new Random(seed);
        Dialogue dialogue = Dialogue.dialledFromOutside().started();
        dialogue.nat.take(0x0300, 0xffff);
        dialogue.inPieces(octets -> Pieces.random(octets, dice));
        double now = 0;
        for (int i = 0; i < 100; i++) {
            PptpMessage message = PptpMessage.TABLE.get(dice.nextInt(15));
            dialogue.says(Direction.values()[dice.nextInt(2)], garbled(message, dice, 2000));
            now += dice.nextInt(4) == 0 ? dice.nextInt(30) : 0;
            dialogue.at(now);
            dialogue.nat.room(dice.nextInt(20));
            if (dice.nextInt(10) == 0 && !dialogue.channel.stopped && !dialogue.channel.bound.isEmpty()) {
                dialogue.channel.idle(dialogue.channel.bound.keySet().iterator().next());
            }
            assertThat(dialogue.channel.bound.size()).isLessThanOrEqualTo(16);
        }
        dialogue.ends(End.EXPIRED).isOver();
        assertThat(dialogue.nat.owned()).isZero();
    }

    private static Octets garbled(PptpMessage message, Random dice, int oneOf) {
        Octets octets = Messages.golden(message);
        for (int offset = 12; offset < 16; offset++) {
            octets = Messages.put(octets, offset, offset % 2 == 0 ? dice.nextInt(3) : dice.nextInt(4));
        }
        if (octets.length() > 16 && dice.nextBoolean()) {
            octets = Messages.put(octets, 16, 1 + dice.nextInt(2));
        }
        return dice.nextInt(oneOf) == 0 ? Messages.put(octets, dice.nextInt(12), dice.nextInt(256)) : octets;
    }
}
