package io.github.culvert.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.benchmarks.leg.Legs;
import io.github.culvert.benchmarks.leg.SetUpLeg;
import io.github.culvert.benchmarks.traffic.BufferKind;
import io.github.culvert.benchmarks.traffic.Calls;
import io.github.culvert.benchmarks.traffic.CountingSink;
import io.github.culvert.benchmarks.traffic.Engines;
import io.github.culvert.benchmarks.traffic.PacketPlan;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.EnhancedGre;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls that are measured are real ones. */
class CallsTest {
    private static final int CALLS = 1_200;
    private static final int FIRST_CALL_ID = 0x1000;

    @Test
    void greOfEveryCallPassesBothWays() {
        Calls calls = new Calls(CALLS, BufferKind.HEAP);
        PacketPlan plan = calls.gre();
        CountingSink sink = new CountingSink();
        ByteBuf packet = BufferKind.HEAP.buffer(128);
        Set<Octets> left = new HashSet<>();
        int replaced = 0;
        for (int i = 0; i < plan.size(); i++) {
            plan.write(i, packet);
            int before = callId(packet);
            calls.engine().translate(packet, plan.side(i), ChecksumStatus.VERIFY, 0, sink);
            boolean inbound = plan.side(i) == Side.OUTSIDE;
            assertThat(callId(packet)).satisfies(id -> {
                if (inbound) {
                    assertThat(id).isBetween(FIRST_CALL_ID, FIRST_CALL_ID + Calls.PER_CONNECTION - 1);
                } else {
                    assertThat(id).isEqualTo(before);
                }
            });
            replaced += callId(packet) != before ? 1 : 0;
            left.add(Octets.of(ByteBufUtil.getBytes(packet)));
        }
        packet.release();
        assertThat(sink.forwarded()).isEqualTo(plan.size()).isEqualTo(2 * CALLS);
        assertThat(left).hasSize(2 * CALLS);
        assertThat(replaced).isGreaterThan(CALLS / 8);
        assertThat(calls.engine().table().algs().get(0).sessions()).isEqualTo(CALLS);
    }

    private static int callId(ByteBuf packet) {
        Ipv4Packet parsed =
                Ipv4Packet.parse(Octets.of(ByteBufUtil.getBytes(packet))).orElseThrow();
        return ((EnhancedGre) parsed.transport()).callId();
    }

    @ParameterizedTest
    @EnumSource(SetUpLeg.Way.class)
    void callsAreSetUpAndEndForEver(SetUpLeg.Way way) {
        NatEngine engine = Engines.withPptp(4);
        Legs legs = new Legs(".*").add(new SetUpLeg("set-up", engine, way, 500));
        legs.round(4);
        assertThat(engine.table().algs().get(0).sessions()).isEqualTo(500);
    }
}
