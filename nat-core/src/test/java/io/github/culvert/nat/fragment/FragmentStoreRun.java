package io.github.culvert.nat.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** The store of fragments beside a trivial one, which keeps lists and compares all with all. */
final class FragmentStoreRun {
    private static final int TIMEOUT = 100;
    private static final int MOST_PIECES = 6;
    private static final int UNITS = 5;

    private record Sent(int key, int offset, boolean more, Octets payload, Octets packet) {
        int end() {
            return offset + payload.length();
        }
    }

    private static final class Model {
        final List<Sent> pieces = new ArrayList<>();
        long deadline;
        String doom = "";
    }

    private final Random random;
    private final Outbox outbox = new Outbox(UnpooledByteBufAllocator.DEFAULT);
    private final List<Octets> timeUp = new ArrayList<>();
    private final FragmentStore store = new FragmentStore(
            new FragmentPolicy(1 << 20, 1 << 20, MOST_PIECES, true),
            TIMEOUT,
            new SplittableRandom(1),
            outbox,
            (first, direction, tick) -> {
                byte[] bytes = new byte[first.length()];
                first.copyInto(bytes, 0, 0, bytes.length);
                timeUp.add(Octets.of(bytes));
            });
    private final Model[] models = new Model[4];
    private final List<Octets> expectedBack = new ArrayList<>();
    private final List<Octets> expectedTimeUp = new ArrayList<>();
    private final List<Octets> back = new ArrayList<>();

    FragmentStoreRun(long seed) {
        random = new Random(seed);
    }

    /** Few places and few kinds of bytes, so that all meet; mostly of a kind that fits together. */
    private Sent any() {
        int key = random.nextInt(4);
        boolean tidy = random.nextInt(12) > 0;
        int offset = 8 * random.nextInt(UNITS);
        boolean more = tidy ? offset < 8 * UNITS - 8 : random.nextInt(UNITS * 8) > offset;
        int length = tidy ? 8 : more ? 8 * (1 + random.nextInt(2)) : 1 + random.nextInt(16);
        byte[] payload = new byte[length];
        java.util.Arrays.fill(payload, (byte) (random.nextInt(100) == 0 ? 1 : 0));
        Octets octets = Octets.of(payload);
        var builder = Packets.ipv4(new Ipv4Address(Packets.IN1.bits() + (key & 1)), Packets.OUT1)
                .identification(key >>> 1)
                .protocol(97)
                .fragmentOffset(offset)
                .payload(octets);
        return new Sent(key, offset, more, octets, (more ? builder.moreFragments() : builder).octets());
    }

    private String expected(Sent sent, long now) {
        Model model = models[sent.key];
        if (model == null) {
            model = new Model();
            model.deadline = now + TIMEOUT;
            models[sent.key] = model;
        }
        if (!model.doom.isEmpty()) {
            return model.doom;
        }
        String flaw = flaw(model.pieces, sent);
        if (flaw.equals("FRAGMENT_DUPLICATE")) {
            return flaw;
        }
        if (!flaw.isEmpty()) {
            model.pieces.forEach(piece -> expectedBack.add(piece.packet));
            model.pieces.clear();
            model.doom = flaw;
            model.deadline = now + TIMEOUT;
            return flaw;
        }
        model.pieces.add(sent);
        if (isWhole(model.pieces)) {
            models[sent.key] = null;
            return "COMPLETE";
        }
        return "HELD";
    }

    private static String flaw(List<Sent> held, Sent sent) {
        for (Sent other : held) {
            if (other.offset == sent.offset && other.more == sent.more && other.payload.equals(sent.payload)) {
                return "FRAGMENT_DUPLICATE";
            }
        }
        for (Sent other : held) {
            if (other.offset < sent.end() && sent.offset < other.end()) {
                return "FRAGMENT_OVERLAP";
            }
        }
        for (Sent other : held) {
            boolean beyond = !other.more && sent.end() > other.end() || !sent.more && other.end() > sent.end();
            if (beyond || !other.more && !sent.more) {
                return "BAD_FRAGMENT";
            }
        }
        return held.size() == MOST_PIECES ? "FRAGMENT_LIMIT" : "";
    }

    private static boolean isWhole(List<Sent> pieces) {
        int length = pieces.stream().mapToInt(piece -> piece.payload.length()).sum();
        return pieces.stream().anyMatch(piece -> !piece.more && piece.end() == length);
    }

    private void expire(long now) {
        for (int key = 0; key < models.length; key++) {
            Model model = models[key];
            if (model != null && model.deadline <= now) {
                model.pieces.forEach(piece -> expectedBack.add(piece.packet));
                model.pieces.stream()
                        .filter(piece -> piece.offset == 0)
                        .forEach(piece -> expectedTimeUp.add(piece.packet));
                models[key] = null;
            }
        }
    }

    private String arrive(Sent sent, long now) {
        Piece piece = new Piece();
        PacketWindow window = new PacketWindow();
        byte[] bytes = sent.packet.toByteArray();
        window.open(bytes, 0, bytes.length);
        piece.read(window, bytes.length, Verdict.OUTBOUND, ChecksumStatus.VERIFY);
        int verdict = store.arrive(piece, 0, now);
        Datagram datagram = store.takeComplete();
        drain();
        if (datagram != null) {
            return "COMPLETE";
        }
        return verdict == Verdict.HELD ? "HELD" : Verdict.refusal(verdict).name();
    }

    private void drain() {
        while (!outbox.isEmpty()) {
            assertThat(Verdict.isRefused(outbox.nextVerdict())).isTrue();
            ByteBuf packet = outbox.take();
            back.add(Octets.copyOf(packet));
            packet.release();
        }
    }

    private void agree() {
        assertThat(back).containsExactlyInAnyOrderElementsOf(expectedBack);
        assertThat(timeUp).containsExactlyInAnyOrderElementsOf(expectedTimeUp);
        int held = 0;
        boolean any = false;
        for (Model model : models) {
            held += model == null ? 0 : model.pieces.size();
            any |= model != null;
        }
        assertThat(store.held()).isEqualTo(held);
        assertThat(store.bytes() > 0).isEqualTo(any);
        assertThat(store.nextTick() < Long.MAX_VALUE).isEqualTo(any);
    }

    /** Sends so many fragments to both; gives how many datagrams became whole. */
    int run(int fragments) {
        long now = 0;
        int whole = 0;
        for (int i = 0; i < fragments; i++) {
            now += random.nextInt(10) == 0 ? random.nextInt(60) : 0;
            expire(now);
            Sent sent = any();
            String became = arrive(sent, now);
            assertThat(became).isEqualTo(expected(sent, now));
            whole += became.equals("COMPLETE") ? 1 : 0;
            assertThat(store.advance(now, 1000)).isPositive();
            drain();
            agree();
        }
        store.clear();
        assertThat(store.bytes() + store.held()).isZero();
        return whole;
    }
}
