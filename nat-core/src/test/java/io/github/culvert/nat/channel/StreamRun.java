package io.github.culvert.nat.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A sender, a network that loses, doubles and reorders, a {@link Follower} in its middle, and a {@link Receiver}. The
 * sender cuts what it sends and sends again as it likes; others send what belongs to no stream. In the end the network
 * gets better and all must arrive.
 */
final class StreamRun {
    /** The longest payload. */
    static final int LONGEST = 80;
    /** Farther than any segment of the stream is from its window. */
    private static final int FAR = 2 * ByteStream.WINDOW;

    private final Choices choices;
    private final byte[] sent;
    private final byte[] edited;
    private final int start;
    final Follower follower;
    private final Receiver receiver;
    private final List<byte[]> before = new ArrayList<>();
    private final List<byte[]> behind = new ArrayList<>();
    private final List<Integer> acknowledgments = new ArrayList<>();
    /** What the sender knows to have arrived, and what it has sent. */
    private int arrived;

    private int end;

    StreamRun(Choices choices) {
        this.choices = choices;
        sent = new byte[1 + choices.below(1500)];
        // around both places where a number comes round
        start = choices.below(2) * 0x8000_0000 - choices.below(2 * sent.length);
        int every = choices.below(3) == 0 ? 1 : 1 + choices.below(8);
        int salt = choices.below(100);
        edited = new byte[sent.length];
        IntUnaryOperator edits = position -> (position + salt) % every == 0 ? position * 7 + salt & 0xff : -1;
        follower = new Follower(edits);
        for (int position = 0; position < sent.length; position++) {
            sent[position] = (byte) (position * 31 >> 2);
            int value = edits.applyAsInt(position);
            edited[position] = value < 0 ? sent[position] : (byte) value;
        }
        receiver = new Receiver(edited, start);
    }

    /** Does so many steps, then lets all arrive. */
    void run(int steps) {
        if (choices.below(4) == 0) {
            follower.stream.begin(start + choices.below(1000));
        }
        assertThat(follower.stream.begin(start - 1)).isTrue();
        for (int i = 0; i < steps; i++) {
            step();
        }
        finish();
    }

    private void step() {
        switch (choices.below(20)) {
            case 0, 1, 2, 3 -> send();
            case 4, 5, 6, 7, 8 -> deliverBefore();
            case 9 -> drop(before);
            case 10 -> drop(behind);
            case 11, 12, 13 -> deliverBehind();
            case 14, 15 -> deliverAcknowledgment();
            case 16 -> sendAstray();
            case 17 -> sendSpoilt();
            case 18 -> keepAlive();
            default -> follower.pass(choices.below(Follower.TIMEOUT));
        }
    }

    private byte[] segment(int from, int to) {
        return Segments.segment(start + from, Arrays.copyOfRange(sent, from, to));
    }

    /** New bytes, old ones, or both; no more in flight than a small window. */
    private void send() {
        boolean again = choices.below(3) == 0;
        int from = again ? arrived + choices.below(end - arrived + 1) : end;
        int to = Math.min(Math.min(from + 1 + choices.below(LONGEST), sent.length), arrived + 900);
        if (from < to) {
            before.add(segment(from, to));
            end = Math.max(end, to);
        }
    }

    private void deliverBefore() {
        if (!before.isEmpty()) {
            int which = choices.below(before.size());
            byte[] packet = choices.below(6) == 0 ? before.get(which).clone() : before.remove(which);
            behind.addAll(follower.arrive(packet));
        }
    }

    private void drop(List<byte[]> packets) {
        if (!packets.isEmpty()) {
            packets.remove(choices.below(packets.size()));
        }
    }

    private void deliverBehind() {
        if (!behind.isEmpty()) {
            acknowledgments.add(receiver.take(behind.remove(choices.below(behind.size()))));
        }
    }

    private void deliverAcknowledgment() {
        if (!acknowledgments.isEmpty()) {
            int number = acknowledgments.remove(choices.below(acknowledgments.size()));
            follower.stream.acknowledged(number);
            // it may be lost behind the NAT
            if (choices.below(5) != 0) {
                arrived = Math.max(arrived, number - start);
            }
        }
    }

    /** Neither segments nor acknowledgments from elsewhere leave a trace. */
    private void sendAstray() {
        String state = follower.state();
        int far = FAR + choices.below(0x7fff) * 0xffff;
        assertThat(follower.arrive(Segments.segment(start + far, new byte[1 + choices.below(LONGEST)])))
                .isEmpty();
        follower.stream.acknowledged(start + far);
        assertThat(follower.state()).isEqualTo(state);
    }

    /** A byte has flipped on the way. */
    private void sendSpoilt() {
        int from = choices.below(sent.length);
        byte[] packet = segment(from, Math.min(sent.length, from + 1 + choices.below(LONGEST)));
        packet[packet.length - 1] ^= (byte) (1 + choices.below(254));
        int error = Segments.error(packet);
        String state = follower.state();
        follower.arriveSpoilt(packet);
        assertThat(Segments.error(packet)).isEqualTo(error).isNotZero();
        assertThat(follower.state()).isEqualTo(state);
    }

    private void keepAlive() {
        if (arrived == end) {
            before.add(Segments.segment(start + arrived - 1, new byte[choices.below(2)]));
        }
    }

    private void finish() {
        for (int i = 0; i <= sent.length && !receiver.hasAll(); i++) {
            arrived = receiver.acknowledgment() - start;
            follower.stream.acknowledged(receiver.acknowledgment());
            byte[] packet = segment(arrived, Math.min(sent.length, arrived + LONGEST));
            List<byte[]> out = follower.arrive(packet);
            assertThat(out).as("what is next passes at once").isNotEmpty();
            out.forEach(receiver::take);
        }
        assertThat(receiver.hasAll()).isTrue();
        assertThat(follower.read()).isEqualTo(sent);
        follower.stream.acknowledged(receiver.acknowledgment());
        assertThat(follower.stream.isSettled()).isTrue();
        follower.pass(Follower.TIMEOUT);
        assertThat(follower.holdsNothing()).isTrue();
        assertThat(follower.seen).doesNotContainKey(Arrival.INCONSISTENT);
    }
}
