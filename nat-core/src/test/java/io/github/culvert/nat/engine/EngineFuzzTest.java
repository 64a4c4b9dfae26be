package io.github.culvert.nat.engine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.culvert.nat.testkit.fuzz.FuzzBed;

/**
 * Any bytes as a sequence of packets, held to what must always be true: see {@link FuzzBed}.
 *
 * <p>The ordinary build runs the inputs in {@code src/test/resources} beside this class ({@link FuzzSeeds} made the first
 * of them). To look for new ones, guided by coverage, for as long as one likes:
 *
 * <pre>JAZZER_FUZZ=1 JAZZER_MAX_DURATION=10m mvn -B -pl nat-core test -Dtest=EngineFuzzTest</pre>
 *
 * <p>It writes what it finds beside the other inputs: keep it there, and every build runs it.
 */
class EngineFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void packets(byte[] data) {
        FuzzBed.run(data);
    }
}
