package io.github.culvert.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.pptp.PptpNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final NatEvent FULL =
            new NatEvent.LimitReached(Refusal.HOST_MAPPING_LIMIT, Ipv4Address.parse("192.168.77.11"));

    private final List<String> warnings = new ArrayList<>();
    private long now;
    private final EventLog log = new EventLog(() -> now, warnings::add);

    @Test
    void whatIsFullIsSaidOnceAMinute() {
        log.on(FULL);
        now += Duration.ofSeconds(59).toNanos();
        log.on(FULL);
        assertThat(warnings).singleElement().asString().contains("HOST_MAPPING_LIMIT", "192.168.77.11");
        now += Duration.ofSeconds(1).toNanos();
        log.on(FULL);
        assertThat(warnings).hasSize(2);
    }

    @Test
    void eachNoticeOfAnAlgIsSaidForItself() {
        Scope scope = new Scope.Pair(47, Ipv4Address.parse("203.0.113.1"), Ipv4Address.parse("198.51.100.7"));
        for (PptpNotice notice : PptpNotice.values()) {
            log.on(new NatEvent.AlgNotice("pptp", scope, notice));
            log.on(new NatEvent.AlgNotice("pptp", scope, notice));
        }
        assertThat(warnings).hasSize(PptpNotice.values().length);
        assertThat(warnings.get(0)).contains("pptp", "PPTP_DESYNC", "198.51.100.7");
    }

    @Test
    void theDailyWorkIsNoWarning() {
        log.on(new NatEvent.IndexRekeyed());
        assertThat(warnings).isEmpty();
    }
}
