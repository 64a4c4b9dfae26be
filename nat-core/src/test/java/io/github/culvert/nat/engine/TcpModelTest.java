package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.engine.TcpModel.Event;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpBuilder;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any segments of two peers, at any time, with any checksum: what passes and what state follows is as modelled. */
class TcpModelTest {
    private static final Map<Event, TcpFlag[]> FLAGS = Map.of(
            Event.DATA, new TcpFlag[] {TcpFlag.PSH, TcpFlag.ACK},
            Event.SYN, new TcpFlag[] {TcpFlag.SYN},
            Event.SYN_ACK, new TcpFlag[] {TcpFlag.SYN, TcpFlag.ACK},
            Event.FIN, new TcpFlag[] {TcpFlag.FIN, TcpFlag.ACK},
            Event.RST, new TcpFlag[] {TcpFlag.RST});
    /** No number of these makes a timeout: what happens on the very tick is not looked at here. */
    private static final double STEP = 1.7;

    private NatBed bed = NatBed.standard();
    private SplittableRandom random = new SplittableRandom();

    @Property(tries = 300)
    void isFollowedAsModelled(@ForAll long seed) {
        random = new SplittableRandom(seed);
        bed = NatBed.standard();
        bed.table().addForward(new StaticForward(Protocol.TCP, new Endpoint(EXT1, 4000), new Endpoint(IN1, 4000)));
        TcpModel model = new TcpModel();
        double now = 0;
        for (int i = 0; i < 150; i++) {
            now += pause();
            bed.at(now);
            if (random.nextInt(3) == 0) {
                bed.late();
            }
            send(model, now);
            assertThat(state()).as("at %s", now).isEqualTo(model.shown());
        }
    }

    private double pause() {
        return switch (random.nextInt(12)) {
            case 0 -> STEP * random.nextInt(5000);
            case 1, 2, 3 -> STEP * random.nextInt(160);
            default -> 0;
        };
    }

    private void send(TcpModel model, double now) {
        Event event = Event.values()[random.nextInt(5)];
        boolean outbound = random.nextBoolean();
        boolean spoilt = random.nextInt(6) == 0;
        ChecksumStatus checksum = random.nextInt(6) == 0 ? ChecksumStatus.TRUSTED : ChecksumStatus.VERIFY;
        TcpBuilder segment = TcpSegment.builder()
                .ports(outbound ? 4000 : 80, outbound ? 80 : 4000)
                .sequence(random.nextInt() & 0xffff_ffffL)
                .flags(FLAGS.get(event));
        Octets packet = ipv4(outbound ? IN1 : OUT1, outbound ? OUT1 : EXT1)
                .transport(spoilt ? segment.checksum(0x0bad) : segment)
                .octets();
        Delivery out = bed.send(outbound ? Side.INSIDE : Side.OUTSIDE, packet, checksum);
        boolean right = !spoilt || checksum == ChecksumStatus.TRUSTED;
        assertThat(out.isForwarded()).as("%s at %s", event, now).isEqualTo(model.passes(event, outbound, right, now));
    }

    private String state() {
        return bed.table()
                .session(Protocol.TCP, new Endpoint(IN1, 4000), new Endpoint(OUT1, 80))
                .map(Session::state)
                .map(Enum::name)
                .orElse("GONE");
    }
}
