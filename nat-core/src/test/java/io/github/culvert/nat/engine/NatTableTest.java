package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.echo;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the table says of itself. */
class NatTableTest {
    private static final Endpoint INSIDE = Endpoint.parse("192.168.1.10:5000");
    private static final Endpoint OUTSIDE = Endpoint.parse("203.0.113.1:5000");
    private static final Endpoint REMOTE = Endpoint.parse("198.51.100.7:53");

    private final NatBed bed = NatBed.standard();

    @Test
    void findsAMappingFromBothSides() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromInside(udp(IN1, 5000, OUT2, 53));
        Mapping expected = new Mapping(Protocol.UDP, INSIDE, OUTSIDE, false, 2);
        assertThat(bed.table().mappingOf(Protocol.UDP, INSIDE)).contains(expected);
        assertThat(bed.table().mappingAt(Protocol.UDP, OUTSIDE)).contains(expected);
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        assertThat(bed.table().mappingOf(Protocol.TCP, INSIDE)).isEmpty();
        assertThat(bed.table().mappingOf(Protocol.UDP, OUTSIDE)).isEmpty();
        assertThat(bed.table().mappingAt(Protocol.UDP, INSIDE)).isEmpty();
        assertThat(bed.table().mappingAt(Protocol.UDP, Endpoint.parse("203.0.113.1:70536")))
                .isEmpty();
        assertThat(bed.table().mappingOf(Protocol.UDP, Endpoint.parse("192.168.1.10:70536")))
                .isEmpty();
        assertThat(bed.table().session(Protocol.UDP, INSIDE, Endpoint.parse("198.51.100.7:65589")))
                .isEmpty();
        assertThat(bed.table().session(Protocol.UDP, INSIDE, Endpoint.parse("198.51.100.7:54")))
                .isEmpty();
    }

    @Test
    void knowsWhatASessionHasSeen() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at(10).fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at(12).fromOutside(udp(OUT1, 53, EXT1, 5000));
        Session session = bed.session(Protocol.UDP, INSIDE.toString(), REMOTE.toString());
        assertThat(session.outbound()).isEqualTo(new Session.Traffic(2, 64));
        assertThat(session.inbound()).isEqualTo(new Session.Traffic(1, 32));
        assertThat(session.state()).isEqualTo(SessionState.OPEN);
        assertThat(session.idleNanos() / 1e9).isBetween(1.99, 2.01);
        assertThat(session.timeoutNanos() / 1e9).isBetween(300.0, 300.01);
    }

    @Test
    void aQueryHasNoRemoteIdentifier() {
        bed.fromInside(echo(IN1, OUT1, 5000));
        assertThat(bed.table().session(Protocol.ICMP, INSIDE, Endpoint.parse("198.51.100.7:0")))
                .get()
                .hasFieldOrPropertyWithValue("outside", OUTSIDE);
    }

    @Test
    void showsNothingThatIsOver() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromInside(tcp(IN2, 5001, OUT1, 53, SYN));
        bed.at(241).fromInside(udp(IN2, 6000, OUT1, 53));
        bed.at(301).fromInside(udp(IN2, 6000, OUT1, 53));
        assertThat(bed.table().session(Protocol.UDP, INSIDE, REMOTE)).isEmpty();
        assertThat(bed.table().mappingOf(Protocol.UDP, INSIDE)).isEmpty();
        assertThat(bed.table().mappingAt(Protocol.UDP, OUTSIDE)).isEmpty();
        assertThat(bed.sessions()).extracting(Session::inside).containsExactly(Endpoint.parse("192.168.1.11:6000"));
        assertThat(mappings()).extracting(Mapping::inside).containsExactly(Endpoint.parse("192.168.1.11:6000"));
        assertThat(bed.table().closeSessions(session -> true)).isEqualTo(1);
    }

    private List<Mapping> mappings() {
        List<Mapping> mappings = new ArrayList<>();
        bed.table().forEachMapping(mappings::add);
        return mappings;
    }

    @Test
    void listsAll() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromInside(udp(IN1, 5000, OUT1, 54));
        bed.fromInside(udp(IN1, 5000, OUT2, 54));
        bed.fromInside(tcp(IN2, 5000, OUT2, 54, SYN));
        assertThat(bed.sessions()).hasSize(4);
        assertThat(mappings()).extracting(Mapping::sessions).containsExactlyInAnyOrder(3, 1);
    }

    @Test
    void closesTheSessionsThatAreAskedFor() {
        for (int port = 5000; port < 5010; port++) {
            bed.fromInside(udp(IN1, port, OUT1, 53));
            bed.fromInside(udp(IN2, 7000, OUT1, port));
        }
        assertThat(bed.table()
                        .closeSessions(session -> session.inside().address().equals(IN2)))
                .isEqualTo(10);
        assertThat(bed.sessions()).hasSize(10);
        assertThat(bed.fromOutside(udp(OUT1, 5003, EXT1, 7000))).hasToString("refused NO_MAPPING");
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 5003)).isForwarded()).isTrue();
    }

    @Test
    void aClosedSessionMayComeAgain() {
        for (int i = 0; i < 100; i++) {
            assertThat(bed.fromInside(udp(IN1, 5000, OUT1, 53)).isForwarded()).isTrue();
            assertThat(bed.table().closeSessions(session -> true)).isEqualTo(1);
        }
        bed.at(1000).advance();
        assertThat(bed.engine().counters().sessionsClosed()).isEqualTo(100);
        assertThat(bed.engine().counters().gauge(Gauge.SESSIONS)).isZero();
    }

    @Test
    void countsPacketsAndBytesByDirection() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromOutside(udp(OUT1, 53, EXT1, 5000));
        NatCounters counters = bed.engine().counters();
        assertThat(counters.packets(Direction.OUTBOUND)).isEqualTo(2);
        assertThat(counters.bytes(Direction.OUTBOUND)).isEqualTo(64);
        assertThat(counters.packets(Direction.INBOUND)).isEqualTo(1);
        assertThat(counters.bytes(Direction.INBOUND)).isEqualTo(32);
    }

    @Test
    void aGaugeHasALimitOfItsOwn() {
        NatCounters counters = bed.engine().counters();
        assertThat(counters.limit(Gauge.SESSIONS)).isEqualTo(1_000_000);
        assertThat(counters.limit(Gauge.HOSTS)).isEqualTo(100_000);
        assertThat(counters.limit(Gauge.IDENTIFIERS)).isEqualTo(3 * 65_536);
        assertThat(counters.limit(Gauge.COMMANDS)).isEqualTo(Long.MAX_VALUE);
        assertThat(counters.gauge(Gauge.MEMORY)).isPositive();
        assertThat(counters.gauge(Gauge.HELD_PACKETS)).isZero();
    }
}
