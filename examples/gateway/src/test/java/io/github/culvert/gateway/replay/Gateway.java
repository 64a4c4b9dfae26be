package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.GatewayMain;
import io.github.culvert.gateway.capture.CaptureReader;
import io.github.culvert.gateway.capture.CapturedFrame;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Runs the gateway's commands in this JVM and reads the files that they write. */
public final class Gateway {
    private Gateway() {}

    /** What a command printed, and its exit code. */
    public record Ended(int exit, String out, String err) {}

    public static Ended run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = GatewayMain.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Ended(exit, out.toString(), err.toString());
    }

    /** Replays a recording into the files outside.pcap, inside.pcap and report.json of a folder. */
    public static Ended replay(Path folder, Path recording, String insideNet, String publicAddress, String... more) {
        Stream<String> args = Stream.of(
                "replay",
                recording.toString(),
                "--inside-net",
                insideNet,
                "--public",
                publicAddress,
                "--out-outside",
                outside(folder).toString(),
                "--out-inside",
                inside(folder).toString(),
                "--report",
                folder.resolve("report.json").toString());
        return run(Stream.concat(args, Arrays.stream(more)).toArray(String[]::new));
    }

    public static Path outside(Path folder) {
        return folder.resolve("outside.pcap");
    }

    public static Path inside(Path folder) {
        return folder.resolve("inside.pcap");
    }

    /** All packets of a file that is whole. */
    public static List<CapturedFrame> frames(Path file) throws IOException {
        List<CapturedFrame> frames = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (Optional<CapturedFrame> f = reader.next(); f.isPresent(); f = reader.next()) {
                frames.add(f.get());
            }
            if (reader.fault().isPresent()) {
                throw new AssertionError(reader.fault().get().toString());
            }
        }
        return frames;
    }

    /** What stands under a name that must be there. */
    public static Object field(Map<?, ?> object, String name) {
        return Objects.requireNonNull(object.get(name), name);
    }

    /** JSON, read by a library that knows nothing of how it was written: every JSON text is YAML 1.2. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> json(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        return (Map<String, Object>) new Load(settings).loadFromString(text);
    }
}
