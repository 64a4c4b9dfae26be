package io.github.culvert.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.gateway.replay.Gateway;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void everyPacketComesOutAsRecorded() throws IOException {
        Gateway.Ended ended = Gateway.run("demo");

        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(ended.err()).isEmpty();
        int scenarios = Scenario.all().size();
        assertThat(scenarios).isEqualTo(10);
        assertThat(ended.out().lines().filter(l -> l.startsWith("Mappings at the end")))
                .hasSize(scenarios);
        assertThat(ended.out().lines().filter(l -> l.startsWith("Sessions at the end")))
                .hasSize(scenarios);
        assertThat(ended.out().lines().filter(l -> l.equals("Refused: none"))).hasSize(scenarios);
        assertThat(ended.out()).endsWith(" packets: every packet came out as recorded.\n");
    }

    @Test
    void hostsWithEqualPortsGetDifferentOnes() {
        Map<String, Object> json = Gateway.json(Gateway.run("demo", "--json").out());

        assertThat(json).containsEntry("exit", 0).containsEntry("verdict", "AS_RECORDED");
        List<?> recordings = (List<?>) Gateway.field(json, "recordings");
        assertThat(recordings).hasSize(10).allSatisfy(recording -> {
            List<?> mappings = (List<?>) Gateway.field((Map<?, ?>) recording, "mappings");
            List<String> outside = mappings.stream()
                    .map(m -> ((Map<?, ?>) m).get("protocol") + " " + ((Map<?, ?>) m).get("outside"))
                    .toList();
            assertThat(outside).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(2);
        });
    }

    @Test
    void clientsWithOneCallIdGetTheirOwnGre() {
        Map<String, Object> json = Gateway.json(Gateway.run("demo", "--json").out());
        List<?> recordings = (List<?>) Gateway.field(json, "recordings");
        Map<?, ?> pptp = (Map<?, ?>) recordings.get(recordings.size() - 1);

        List<Map<?, ?>> calls = ((List<?>) Gateway.field(pptp, "calls"))
                .stream().<Map<?, ?>>map(call -> (Map<?, ?>) call).toList();
        assertThat(calls)
                .extracting(call -> String.valueOf(call.get("inside")))
                .containsExactlyInAnyOrder("192.168.77.11:4660", "192.168.77.12:4660", "192.168.77.13:4660");
        assertThat(calls).extracting(call -> call.get("outside")).doesNotHaveDuplicates();
        assertThat(calls).allSatisfy(call -> {
            assertThat((Integer) call.get("outbound")).isGreaterThan(20);
            assertThat((Integer) call.get("inbound")).isGreaterThan(20);
        });
    }

    @Test
    void aBrokenListIsNamed() {
        assertThatThrownBy(() -> Scenario.parse("name | file | --mtu 1500"))
                .hasMessageContaining("not 4 fields between bars");
    }

    @Test
    void helpTeaches() {
        assertThat(Gateway.run("demo", "--help").out()).contains("WireGuard").contains("Next:");
    }
}
