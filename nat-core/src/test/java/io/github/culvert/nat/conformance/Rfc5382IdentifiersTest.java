package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Protocol;
import org.junit.jupiter.api.Test;

/** RFC 5382: which public endpoints connections get. */
class Rfc5382IdentifiersTest {
    /** REQ-7, but for the ICMP message. */
    @Test
    void noPortIsSharedByTwoConnectionsOfDifferentHosts() {
        Pool pool = Pool.standard().leaving(Protocol.TCP, EXT1, 5000);
        assertThat(pool.open(Protocol.TCP, "IN1:4000").port()).isEqualTo(5000);
        assertThat(pool.fate(Protocol.TCP, "IN2:4000")).isEqualTo("refused IDENTIFIERS_EXHAUSTED");
    }
}
