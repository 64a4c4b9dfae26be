package io.github.culvert.gateway.demo;

import io.github.culvert.gateway.options.GatewayConfig;
import io.github.culvert.gateway.options.NatOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One recording of the demo and the NAT that it goes through.
 *
 * @param name its name
 * @param file the resource that holds the recording
 * @param config the configuration of the NAT
 * @param shows what it shows, a sentence
 */
record Scenario(String name, String file, GatewayConfig config, String shows) {
    private static final int FIELDS = 4;

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
        GatewayConfig config = NatOptions.parse(fields[2].strip().split(" +"));
        return new Scenario(fields[0].strip(), fields[1].strip(), config, fields[3].strip());
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
