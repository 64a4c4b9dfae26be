package io.github.culvert.nat.channel;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any bytes as the decisions of a run, held to what {@link ByteStreamPropertiesTest} shows for chance.
 *
 * <p>The ordinary build runs the inputs in {@code src/test/resources} beside this class. To look for new ones, guided by
 * coverage, one of the tests at a time:
 *
 * <pre>JAZZER_FUZZ=1 JAZZER_MAX_DURATION=10m mvn -B -pl nat-core test -Dtest=ByteStreamFuzzTest#segments</pre>
 */
class ByteStreamFuzzTest {
    /** About as many as a step takes. */
    private static final int BYTES_PER_STEP = 6;

    private static final int MOST_STEPS = 1000;

    @FuzzTest(maxDuration = "10m")
    void network(byte[] data) {
        new StreamRun(Choices.of(data)).run(steps(data));
    }

    @FuzzTest(maxDuration = "10m")
    void segments(byte[] data) {
        new StreamModelRun(Choices.of(data)).run(steps(data));
    }

    private static int steps(byte[] data) {
        return Math.min(MOST_STEPS, data.length / BYTES_PER_STEP);
    }
}
