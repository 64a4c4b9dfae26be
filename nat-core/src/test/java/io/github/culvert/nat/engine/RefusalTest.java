package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.ChecksumStatus.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each refusal can be provoked, comes with the packet as it was, and has a counter of its own. */
class RefusalTest {
    @ParameterizedTest
    @EnumSource(names = "FRAGMENT_TIMEOUT|STREAM_.*|CHANNEL_.*", mode = EnumSource.Mode.MATCH_NONE)
    void isCountedOnceAndAlone(Refusal reason) {
        NatBed bed = new NatBed(Refusals.engine(reason));
        Octets packet = Refusals.packet(reason);
        long before = bed.refused(reason);
        assertThat(bed.send(Refusals.side(reason), packet, VERIFY))
                .isEqualTo(new Delivery(Delivery.Exit.REFUSED, packet, reason.name()));
        assertThat(bed.refused(reason)).isEqualTo(before + 1);
        for (Refusal other : Refusal.values()) {
            assertThat(bed.refused(other) == 0 || other == reason)
                    .as("%s", other)
                    .isTrue();
        }
    }
}
