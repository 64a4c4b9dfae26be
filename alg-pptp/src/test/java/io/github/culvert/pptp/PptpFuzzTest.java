package io.github.culvert.pptp;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any bytes as the segments of a control connection that an engine follows, from both sides, see {@link StreamFuzz}.
 *
 * <p>The ordinary build runs the inputs in {@code src/test/resources} beside this class. To look for new ones, guided by
 * coverage:
 *
 * <pre>JAZZER_FUZZ=1 JAZZER_MAX_DURATION=10m mvn -B -pl alg-pptp -am test -Dtest=PptpFuzzTest#started</pre>
 */
class PptpFuzzTest {
    /** On a connection that both sides have started. */
    @FuzzTest(maxDuration = "10m")
    void started(byte[] data) {
        StreamFuzz.started().run(data);
    }

    /** On one that nobody has started: whether it was by these bytes is for a model to say. */
    @FuzzTest(maxDuration = "10m")
    void fresh(byte[] data) {
        StreamFuzz.fresh().run(data);
    }
}
