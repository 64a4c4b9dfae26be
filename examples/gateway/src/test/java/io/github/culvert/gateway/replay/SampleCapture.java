package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.Judges;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A recording with the networks that are inside in it and what a replay of it comes to. The list stands in the resource
 * {@code samples}; files of the demo are part of the project, the others lie beside it or are left out.
 *
 * @param file the recording
 * @param insideNet the networks, as --inside-net takes them
 * @param exit the exit code
 * @param refusals the reasons of refusals and how many there are, such as {@code FRAGMENT=3}; empty if none
 */
record SampleCapture(Path file, String insideNet, int exit, List<String> refusals) {

    static Stream<SampleCapture> all() {
        try (BufferedReader list =
                new BufferedReader(new InputStreamReader(resource("samples").openStream(), StandardCharsets.UTF_8))) {
            return list
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(SampleCapture::parse)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SampleCapture parse(String line) {
        String[] fields = line.split("\\s+");
        List<String> refusals = Arrays.asList(fields).subList(3, fields.length);
        return new SampleCapture(find(fields[0]), fields[1], Integer.parseInt(fields[2]), refusals);
    }

    static Path find(String name) {
        if (!name.startsWith("demo/")) {
            return Judges.captureFolder().resolve(name);
        }
        try {
            return Path.of(resource("/io/github/culvert/gateway/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static java.net.URL resource(String name) {
        return Objects.requireNonNull(SampleCapture.class.getResource(name), name);
    }

    void assumePresent() {
        Judges.assumeCapture(file);
    }

    boolean isInside(int address) {
        return Arrays.stream(insideNet.split(","))
                .anyMatch(net -> Ipv4Prefix.parse(net).contains(address));
    }

    @Override
    public String toString() {
        return String.valueOf(file.getFileName());
    }
}
