package io.github.culvert.pptp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import java.nio.ByteBuffer;

/**
 * Any bytes as what happens to a control connection: bytes in both directions, messages with any Call IDs and any cut,
 * time, and trackers that are restored. Every action must be one that can be carried out ({@link Channel}), and after the
 * end nothing is left.
 *
 * <p>The ordinary build runs the inputs in {@code src/test/resources} beside this class. To look for new ones, guided by
 * coverage:
 *
 * <pre>JAZZER_FUZZ=1 JAZZER_MAX_DURATION=10m mvn -B -pl alg-pptp -am test -Dtest=TrackerFuzzTest</pre>
 */
class TrackerFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void streams(byte[] data) {
        Dialogue dialogue = Dialogue.dialledFromOutside();
        dialogue.nat.take(0x0300, 0xffff);
        ByteBuffer in = ByteBuffer.wrap(data);
        while (in.hasRemaining()) {
            step(dialogue, in);
        }
        dialogue.ends(End.EXPIRED).isOver();
    }

    private static void step(Dialogue dialogue, ByteBuffer in) {
        switch (next(in) & 7) {
            case 0, 1, 2, 3 -> bytes(dialogue, in);
            case 4, 5 -> message(dialogue, in);
            case 6 -> dialogue.at(dialogue.seconds() + next(in));
            default -> dialogue.channel.swap();
        }
    }

    private static void bytes(Dialogue dialogue, ByteBuffer in) {
        Direction direction = direction(in);
        byte[] raw = new byte[Math.min(1 + next(in), in.remaining())];
        in.get(raw);
        if (raw.length > 0) {
            dialogue.channel.pass(direction, Octets.of(raw));
        }
    }

    private static void message(Dialogue dialogue, ByteBuffer in) {
        Direction direction = direction(in);
        Octets message = Messages.golden(PptpMessage.TABLE.get(next(in) % 15));
        for (int offset = 12; offset < 17; offset++) {
            int value = next(in);
            message = offset < message.length() ? Messages.put(message, offset, value) : message;
        }
        for (Octets piece : Pieces.at(message, next(in))) {
            dialogue.channel.pass(direction, piece);
        }
    }

    private static Direction direction(ByteBuffer in) {
        return (next(in) & 1) == 0 ? Direction.OUTBOUND : Direction.INBOUND;
    }

    private static int next(ByteBuffer in) {
        return in.hasRemaining() ? in.get() & 0xff : 0;
    }
}
