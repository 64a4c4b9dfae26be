package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.FIN;
import static io.github.culvert.nat.packet.TcpFlag.RST;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpBuilder;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of the state table of RFC 7857 section 2, figure 1, driven by segments. Events are written as who sends
 * ({@code >} the inside host, {@code <} the remote one) and what: {@code d} data, {@code S} a SYN, {@code A} a SYN with an acknowledgment, {@code F},
 * {@code R}.
 *
 * <p>Beyond the figure: a RST counts in the FIN states too, a SYN of the inside host after both FINs or a RST opens anew,
 * data without a session open one, and what is over comes back by the inside host only.
 */
class TcpStateTableTest {
    private static final Map<String, TcpFlag[]> FLAGS = Map.of(
            "d", new TcpFlag[] {ACK},
            "S", new TcpFlag[] {SYN},
            "A", new TcpFlag[] {SYN, ACK},
            "F", new TcpFlag[] {FIN, ACK},
            "R", new TcpFlag[] {RST});

    /** State, what leads there, and what follows each of the eight events. */
    private static final String TABLE = """
            TRANSITORY  >d        | >d TRANSITORY  <d ESTABLISHED >F BOTH_FIN    <F OUTSIDE_FIN >R TRANSITORY  <R TRANSITORY
            TRANSITORY  >d        | >S INIT        <S TRANSITORY  >A TRANSITORY  <A ESTABLISHED
            INIT        >S        | >d INIT        <d INIT        >F INIT        <F INIT        >R INIT        <R INIT
            INIT        >S        | >S INIT        <S ESTABLISHED >A INIT        <A ESTABLISHED
            INIT        <S        | >d INIT        <d INIT        >F INIT        <F INIT        >R GONE        <R INIT
            INIT        <S        | >S ESTABLISHED <S INIT        >A ESTABLISHED <A INIT
            ESTABLISHED >S<S      | >d ESTABLISHED <d ESTABLISHED >F INSIDE_FIN  <F OUTSIDE_FIN >R TRANSITORY  <R TRANSITORY
            ESTABLISHED >S<S      | >S ESTABLISHED <S ESTABLISHED >A ESTABLISHED <A ESTABLISHED
            INSIDE_FIN  >S<S>F    | >d INSIDE_FIN  <d INSIDE_FIN  >F INSIDE_FIN  <F BOTH_FIN    >R TRANSITORY  <R TRANSITORY
            INSIDE_FIN  >S<S>F    | >S INSIDE_FIN  <S INSIDE_FIN  >A INSIDE_FIN  <A INSIDE_FIN
            OUTSIDE_FIN >S<S<F    | >d OUTSIDE_FIN <d OUTSIDE_FIN >F BOTH_FIN    <F OUTSIDE_FIN >R TRANSITORY  <R TRANSITORY
            OUTSIDE_FIN >S<S<F    | >S OUTSIDE_FIN <S OUTSIDE_FIN >A OUTSIDE_FIN <A OUTSIDE_FIN
            BOTH_FIN    >S<S>F<F  | >d BOTH_FIN    <d BOTH_FIN    >F BOTH_FIN    <F BOTH_FIN    >R BOTH_FIN    <R BOTH_FIN
            BOTH_FIN    >S<S>F<F  | >S INIT        <S BOTH_FIN    >A ESTABLISHED <A BOTH_FIN
            TRANSITORY  >S<S<R    | >d ESTABLISHED <d TRANSITORY  >F TRANSITORY  <F TRANSITORY  >R TRANSITORY  <R TRANSITORY
            TRANSITORY  >S<S<R    | >S INIT        <S TRANSITORY  >A ESTABLISHED <A TRANSITORY
            """;

    private final NatBed bed = NatBed.standard();

    /** One cell: a path, an event, the state before and after. */
    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (String line : TABLE.lines().toList()) {
            String[] words = line.replace("|", "").trim().split(" +");
            for (int i = 2; i < words.length; i += 2) {
                cells.add(Arguments.of(words[0], words[1], words[i], words[i + 1]));
            }
        }
        return cells.stream();
    }

    private void forward() {
        bed.table()
                .addForward(new StaticForward(
                        Protocol.TCP, Endpoint.parse("203.0.113.1:4000"), Endpoint.parse("192.168.1.10:4000")));
    }

    private Session session() {
        return bed.session(Protocol.TCP, "192.168.1.10:4000", "198.51.100.7:80");
    }

    private void play(String events) {
        for (int i = 0; i < events.length(); i += 2) {
            assertThat(send(events.substring(i, i + 2), false)).isTrue();
        }
    }

    private boolean send(String event, boolean spoilt) {
        boolean outbound = event.startsWith(">");
        TcpBuilder segment = TcpSegment.builder()
                .ports(outbound ? 4000 : 80, outbound ? 80 : 4000)
                .flags(FLAGS.get(event.substring(1)));
        Octets packet = ipv4(outbound ? IN1 : OUT1, outbound ? OUT1 : EXT1)
                .transport(spoilt ? segment.checksum(0x0bad) : segment)
                .octets();
        return bed.send(outbound ? Side.INSIDE : Side.OUTSIDE, packet, ChecksumStatus.VERIFY)
                .isForwarded();
    }

    @ParameterizedTest(name = "{0} after {1}: {2} gives {3}")
    @MethodSource("cells")
    void anEventLeadsToTheNextState(String before, String path, String event, String after) {
        forward();
        play(path);
        assertThat(session().state()).hasToString(before);
        play(event);
        if (after.equals("GONE")) {
            assertThat(bed.sessions()).isEmpty();
            return;
        }
        assertThat(session().state()).hasToString(after);
        assertThat(session().timeoutNanos() / 1_000_000_000L).isEqualTo(timeoutOf(after));
    }

    /** A segment whose checksum is wrong passes, and changes nothing but stamp and counters. */
    @ParameterizedTest(name = "{0} after {1}: {2}")
    @MethodSource("cells")
    void anEventWithAWrongChecksumChangesNoState(String before, String path, String event) {
        forward();
        play(path);
        Session untouched = session();
        assertThat(send(event, true)).isTrue();
        assertThat(session().state()).hasToString(before);
        assertThat(session().timeoutNanos()).isEqualTo(untouched.timeoutNanos());
    }

    /** The two states that look the same from outside are told apart by whose SYN establishes. */
    @ParameterizedTest
    @MethodSource("openings")
    void aConnectionThatStartsAnewWaitsForTheOtherSide(String path, String same, String other) {
        forward();
        play(path + same);
        assertThat(session().state()).hasToString("INIT");
        play(other);
        assertThat(session().state()).hasToString("ESTABLISHED");
    }

    static Stream<Arguments> openings() {
        return Stream.of(
                Arguments.of(">S", ">S", "<S"),
                Arguments.of("<S", "<S", ">S"),
                Arguments.of(">S<S>F<F>S", ">S", "<A"),
                Arguments.of(">S<S<R>S", ">S", "<A"),
                Arguments.of(">d>S", ">S", "<A"));
    }

    private static long timeoutOf(String state) {
        return switch (state) {
            case "ESTABLISHED", "INSIDE_FIN", "OUTSIDE_FIN" -> 7440;
            default -> 240;
        };
    }
}
