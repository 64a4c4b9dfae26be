package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.mapping.Direction;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Several connections between one public and one remote address, each with several calls, that end in any way: at each
 * step just the sessions are bound that the talks say, no Call ID twice, and after the end of a connection nothing of it
 * is left.
 */
class CallModelTest {
    private static final int CONNECTIONS = 4;

    private static Talk connect(FakeNat nat, int number, Random dice) {
        String inside = "192.168.1." + (10 + number);
        Dialogue dialogue = dice.nextBoolean()
                ? Dialogue.dialledFromOutside(nat, PptpAlg.standard(), inside + ":1723")
                : Dialogue.dialledFromInside(nat, PptpAlg.standard(), inside + ":50000");
        dialogue.started().inPieces(octets -> Pieces.random(octets, dice));
        return new Talk(dialogue, dice.nextLong());
    }

    @Property(tries = 150)
    void whatEndsLeavesNothing(
            @ForAll @Size(min = 10, max = 200) List<@IntRange(max = 99) Integer> steps, @ForAll long seed) {
        Random dice = new Random(seed);
        FakeNat nat = new FakeNat();
        nat.take(0x0400, 0xf000);
        List<Talk> talks = IntStream.range(0, CONNECTIONS)
                .mapToObj(number -> connect(nat, number, dice))
                .collect(Collectors.toList());
        for (int step : steps) {
            int number = step % CONNECTIONS;
            if (step < 2 * CONNECTIONS) {
                end(talks.get(number).dialogue(), dice);
                talks.set(number, connect(nat, number, dice));
            } else {
                talks.get(number).step();
            }
            assertThat(nat.owned())
                    .isEqualTo(talks.stream()
                            .mapToInt(talk -> talk.dialogue().channel.bound.size())
                            .sum());
        }
        talks.forEach(talk -> end(talk.dialogue(), dice));
        assertThat(nat.owned()).isZero();
    }

    private static void end(Dialogue dialogue, Random dice) {
        if (dice.nextBoolean()) {
            dialogue.channel.pass(
                    Direction.OUTBOUND,
                    Messages.outgoingRequest(dice.nextInt(1024)).slice(0, 1 + dice.nextInt(167)));
        }
        if (dice.nextInt(4) == 0) {
            dialogue.remote(Messages.unknown(9, 9, 12));
        } else {
            dialogue.ends(End.RESET).ends(End.values()[new int[] {0, 2, 3}[dice.nextInt(3)]]);
        }
        dialogue.isOver();
    }
}
