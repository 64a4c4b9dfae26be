package io.github.culvert.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.Processes.Result;
import io.github.culvert.gateway.replay.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replay and demo out of the self-contained jar, as a user starts them. */
class ReplayIT {
    @TempDir
    Path folder;

    @Test
    void theDemoNeedsNothing() {
        Result demo = Processes.jar("demo");
        assertThat(demo.code()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).contains("=== wireguard ===", "Mappings at the end");
        assertThat(demo.out()).endsWith(" packets: every packet came out as recorded.\n");
    }

    @Test
    void aReplayWritesItsFilesAndPrintsJson() throws IOException {
        Path recording = folder.resolve("wireguard.pcap");
        try (InputStream demo = ReplayIT.class.getResourceAsStream("demo/wireguard.pcap")) {
            Files.copy(Objects.requireNonNull(demo), recording);
        }
        Result replay = Processes.jar(
                "replay",
                recording.toString(),
                "--inside-net=192.168.77.0/24",
                "--public=203.0.113.1",
                "--out-outside=" + Gateway.outside(folder),
                "--out-inside=" + Gateway.inside(folder),
                "--json");
        assertThat(replay.code()).as(replay.out() + replay.err()).isZero();
        assertThat(replay.err()).isEmpty();
        assertThat(Gateway.json(replay.out())).containsEntry("verdict", "AS_RECORDED");
        int translated = Gateway.frames(Gateway.outside(folder)).size()
                + Gateway.frames(Gateway.inside(folder)).size();
        assertThat(translated).isEqualTo(Gateway.frames(recording).size());
    }

    @Test
    void usageErrorsAreCodeTwo() {
        Result replay = Processes.jar("replay");
        assertThat(replay.code()).isEqualTo(2);
        assertThat(replay.err()).contains("IN", "--out-outside", "Try 'culvert-gateway replay --help'.");
    }
}
