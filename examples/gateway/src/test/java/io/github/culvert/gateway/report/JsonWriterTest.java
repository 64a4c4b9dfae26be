package io.github.culvert.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.replay.Gateway;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void writesObjectsArraysAndValues() {
        StringBuilder out = new StringBuilder();
        new JsonWriter(out)
                .object()
                .field("a", 1)
                .array("list")
                .object()
                .field("b", "x\"\\\n\t")
                .endObject()
                .object()
                .endObject()
                .endArray()
                .array("none")
                .endArray()
                .object("c")
                .field("d", true)
                .seconds("t", 1_500_000_000_000_000_001L)
                .endObject()
                .endObject();

        assertThat(out.toString()).isEqualTo("""
                        {
                          "a": 1,
                          "list": [
                            {
                              "b": "x\\"\\\\\\n\\u0009"
                            },
                            {}
                          ],
                          "none": [],
                          "c": {
                            "d": true,
                            "t": 1500000000.000000001
                          }
                        }
                        """);
    }

    /** But for surrogates, which the reader of the test does not put together again. */
    @Property(tries = 300)
    void anyTextComesBack(@ForAll String text) {
        Assume.that(text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
        StringBuilder out = new StringBuilder();
        new JsonWriter(out).object().field("text", text).endObject();
        assertThat(Gateway.json(out.toString())).isEqualTo(Map.of("text", text));
    }
}
