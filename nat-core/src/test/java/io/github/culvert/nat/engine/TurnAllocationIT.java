package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.IN3;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.echo;
import static io.github.culvert.nat.testkit.bed.Packets.echoReply;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.allocation.AllocationMeter;
import io.github.culvert.nat.testkit.allocation.FreshBuffers;
import io.github.culvert.nat.testkit.allocation.Keeping;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets that turn round, pass untranslated, or are the host's cost no byte of heap once their sessions are there. */
class TurnAllocationIT {
    private static final int ROUNDS = 3_000;

    /** A packet and the side it comes from. */
    private record Hit(Side from, Octets packet) {
        Hit(Side from, Ipv4Packet packet) {
            this(from, packet.octets());
        }
    }

    private static final List<Hit> HITS = List.of(
            new Hit(Side.INSIDE, udp(IN1, 5000, EXT1, 7000)),
            new Hit(Side.INSIDE, udp(IN2, 7000, EXT1, 5000)),
            new Hit(Side.INSIDE, tcp(IN1, 5000, EXT1, 7000, ACK)),
            new Hit(Side.INSIDE, tcp(IN2, 7000, EXT1, 5000, ACK)),
            new Hit(Side.INSIDE, echo(IN1, EXT2, 7)),
            new Hit(Side.INSIDE, echoReply(IN3, EXT1, 7)),
            new Hit(Side.INSIDE, udp(IN1, 1, OUT2, 2)),
            new Hit(Side.OUTSIDE, udp(OUT2, 1, IN1, 2)),
            new Hit(Side.HOST, udp(EXT1, 40_000, OUT1, 53)),
            new Hit(Side.OUTSIDE, udp(OUT1, 53, EXT1, 40_000)));

    private final NatEngine engine = NatEngine.builder(config(EXT1, EXT2)
                    .withAddressForwards(List.of(new AddressForward(EXT2, IN3)))
                    .withExemptions(List.of(Exemption.of(new Ipv4Prefix(OUT2, 32))))
                    .withPath(PathPolicy.STANDARD.withHop(true)))
            .random(new SplittableRandom(1))
            .build();
    private final AllocationMeter meter = AllocationMeter.orSkip();
    private final Keeping kept = new Keeping(HITS.size());
    private final PacketSink<io.netty.buffer.ByteBuf> sink = kept.buffers();
    private final PacketBatch batch = new PacketBatch(HITS.size());

    @BeforeEach
    void openTheSessions() {
        NatBed bed = new NatBed(engine);
        bed.fromInside(udp(IN1, 5000, EXT1, 7000));
        bed.fromInside(udp(IN2, 7000, EXT1, 5000));
        bed.fromInside(tcp(IN1, 5000, EXT1, 7000, SYN));
        bed.fromInside(tcp(IN2, 7000, EXT1, 5000, SYN));
        bed.fromInside(tcp(IN1, 5000, EXT1, 7000, SYN));
        for (Hit hit : HITS) {
            assertThat(bed.send(hit.from, hit.packet, ChecksumStatus.VERIFY).exit())
                    .isNotEqualTo(io.github.culvert.nat.testkit.bed.Delivery.Exit.REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneByOne(FreshBuffers fresh) {
        assertThat(meter.leastOf(ROUNDS, () -> {
                    for (Hit hit : HITS) {
                        var packet = fresh.with(hit.packet);
                        meter.start();
                        engine.translate(packet, hit.from, ChecksumStatus.VERIFY, 0, sink);
                        meter.stop();
                        kept.release();
                    }
                }))
                .isZero();
        assertThat(kept.refused()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void inBatches(FreshBuffers fresh) {
        assertThat(meter.leastOf(ROUNDS, () -> {
                    HITS.forEach(hit -> batch.add(fresh.with(hit.packet), hit.from, ChecksumStatus.VERIFY));
                    meter.start();
                    engine.translate(batch, 0, sink);
                    meter.stop();
                    kept.release();
                }))
                .isZero();
        assertThat(kept.refused()).isZero();
    }
}
