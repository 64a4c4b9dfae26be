package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.refusal.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 5382: which public endpoints connections get. */
class Rfc5382IdentifiersTest {
    /** REQ-7. */
    @Test
    @Tag("NAT-TCP-12")
    void noPortIsSharedByTwoConnectionsOfDifferentHosts() {
        Pool pool = Pool.standard().leaving(Protocol.TCP, EXT1, 5000);
        assertThat(pool.open(Protocol.TCP, "IN1:4000").port()).isEqualTo(5000);
        var answer = pool.open(Protocol.TCP, "IN2:4000").isRefusedWithAnswer(Refusal.IDENTIFIERS_EXHAUSTED);
        assertThat(answer.transport()).isInstanceOf(IcmpMessage.class);
    }
}
