package io.github.culvert.pptp;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What {@link StreamFuzz} checks, for chance: mostly well-formed steps, which it would take a fuzzer long to find. */
class StreamFuzzTest {
    @Property(tries = 300)
    void onAStartedConnection(@ForAll long seed) {
        StreamFuzz.started().run(steps(new Random(seed)));
    }

    @Property(tries = 300)
    void onAFreshConnection(@ForAll long seed) {
        StreamFuzz.fresh().run(steps(new Random(seed)));
    }

    private static byte[] steps(Random dice) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            byte[] bytes = new byte[dice.nextInt(4) == 0 ? dice.nextInt(40) : 1 + 2 * dice.nextInt(3)];
            dice.nextBytes(bytes);
            for (int at = 1; at + 1 < bytes.length; at += 2) {
                bytes[at] = (byte) (12 + dice.nextInt(5));
                bytes[at + 1] = (byte) dice.nextInt(4);
            }
            int kind = dice.nextInt(8) > 0 ? 2 : dice.nextInt(8);
            all.write(dice.nextInt(16) << 4 | kind << 1 | dice.nextInt(2));
            all.write(bytes.length);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }
}
