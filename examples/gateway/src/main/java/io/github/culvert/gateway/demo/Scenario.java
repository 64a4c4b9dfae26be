package io.github.culvert.gateway.demo;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * One recording of the demo and the NAT that it goes through.
 *
 * @param name its name
 * @param file the resource that holds the recording
 * @param config the configuration of the NAT
 * @param shows what it shows, a sentence
 */
record Scenario(String name, String file, NatConfig config, String shows) {
    private static final int FIELDS = 5;

    /** The scenarios, as the list beside the recordings names them. */
    static List<Scenario> all() throws IOException {
        try (BufferedReader list =
                new BufferedReader(new InputStreamReader(resource("scenarios"), StandardCharsets.UTF_8))) {
            return list.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Scenario::parse)
                    .toList();
        }
    }

    static Scenario parse(String line) {
        String[] fields = line.split("\\|", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not " + FIELDS + " fields between bars: " + line);
        }
        NatConfig config = NatConfig.of(each(fields[2], Ipv4Prefix::parse), each(fields[3], Ipv4Address::parse));
        return new Scenario(fields[0].strip(), fields[1].strip(), config.validate(), fields[4].strip());
    }

    private static <T> List<T> each(String list, Function<String, T> reading) {
        return Arrays.stream(list.split(",")).map(String::strip).map(reading).toList();
    }

    InputStream recording() throws IOException {
        return resource(file);
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = Scenario.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException("the demo lacks its file " + name);
        }
        return stream;
    }
}
