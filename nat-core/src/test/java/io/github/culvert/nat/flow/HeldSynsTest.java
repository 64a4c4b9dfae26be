package io.github.culvert.nat.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.Packets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Held SYNs against a map in the order of arrival. */
class HeldSynsTest {
    private static final int WAIT = 100;

    private final List<Integer> answered = new ArrayList<>();

    private HeldSyns held(int most) {
        return new HeldSyns(
                most, WAIT, new SplittableRandom(1), (syn, tick) -> answered.add(syn.i32(12) * 31 + syn.u16(20)));
    }

    private static Ipv4Address remote(int number) {
        return new Ipv4Address(Packets.OUT1.bits() + number / 5);
    }

    private static int port(int number) {
        return 1 + number % 5;
    }

    private static int name(int number) {
        return remote(number).bits() * 31 + port(number);
    }

    private static Header syn(int number, Octets options) {
        Octets packet = Packets.ipv4(remote(number), Packets.EXT1)
                .transport(TcpSegment.builder()
                        .ports(port(number), 4000)
                        .flags(TcpFlag.SYN)
                        .options(options))
                .octets();
        Header header = new Header();
        byte[] bytes = packet.toByteArray();
        header.window.open(bytes, 0, bytes.length);
        assertThat(header.read(1)).isEqualTo(Header.READ);
        return header;
    }

    @Property(tries = 200)
    void agreesWithAMap(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int most) {
        SplittableRandom random = new SplittableRandom(seed);
        HeldSyns held = held(most);
        Map<Integer, Long> model = new LinkedHashMap<>();
        List<Integer> expected = new ArrayList<>();
        answered.clear();
        long tick = 0;
        for (int step = 0; step < 300; step++) {
            int number = random.nextInt(30);
            switch (random.nextInt(4)) {
                case 0, 1 -> hold(held, model, most, number, tick);
                case 2 -> {
                    held.forget(remote(number).bits(), port(number), Packets.EXT1.bits(), 4000);
                    model.remove(number);
                }
                default -> tick = pass(held, model, expected, tick + random.nextInt(60), 1 + random.nextInt(5));
            }
            assertThat(held.size()).isEqualTo(model.size());
            assertThat(held.nextTick())
                    .isEqualTo(model.values().stream().findFirst().orElse(Long.MAX_VALUE));
        }
        assertThat(answered).isEqualTo(expected);
    }

    private static void hold(HeldSyns held, Map<Integer, Long> model, int most, int number, long tick) {
        held.hold(syn(number, Octets.empty()), tick);
        if (!model.containsKey(number)) {
            if (model.size() == most) {
                model.remove(model.keySet().iterator().next());
            }
            model.put(number, tick + WAIT);
        }
    }

    private static long pass(HeldSyns held, Map<Integer, Long> model, List<Integer> expected, long tick, int budget) {
        int left = budget;
        while (left > 0 && !model.isEmpty() && model.values().iterator().next() <= tick) {
            int number = model.keySet().iterator().next();
            model.remove(number);
            expected.add(name(number));
            left--;
        }
        assertThat(held.answer(tick, budget)).isEqualTo(left);
        return tick;
    }

    @Test
    void theHeadersAreKeptWholeAndNoMore() {
        List<Octets> quotes = new ArrayList<>();
        HeldSyns held = new HeldSyns(2, WAIT, new SplittableRandom(1), (syn, tick) -> {
            byte[] bytes = new byte[syn.length()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) syn.u8(i);
            }
            quotes.add(Octets.of(bytes));
        });
        held.hold(syn(1, Octets.fromHex("020405b4")), 0);
        held.hold(syn(2, Octets.of(new byte[40])), 0);
        held.answer(WAIT, 9);
        assertThat(quotes).map(Octets::length).containsExactly(44, 80);
        assertThat(quotes.get(0).from(40)).isEqualTo(Octets.fromHex("020405b4"));
    }
}
