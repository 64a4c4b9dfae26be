package io.github.culvert.benchmarks;

import io.github.culvert.benchmarks.leg.ChurnLeg;
import io.github.culvert.benchmarks.leg.Legs;
import io.github.culvert.benchmarks.traffic.Engines;
import io.github.culvert.benchmarks.traffic.NewFlows;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Sessions that are created and expire, half UDP and half TCP, one per mapping. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
public class ChurnBenchmark {
    private static final int CHUNKS = 128;

    /** How many sessions are live. */
    @Param({"100000", "1000000"})
    public int live;

    /** Which legs take part: a regular expression. */
    @Param(".*")
    public String only = ".*";

    private Legs legs = new Legs(".*");

    /** Opens the first sessions. */
    @Setup
    public void open() {
        legs = new Legs(only);
        legs.add(new ChurnLeg("create-and-expire", Engines.shortLived(16), NewFlows.ofBoth(4 * live), live));
    }

    /** A turn of every leg. */
    @Benchmark
    public void round() {
        legs.round(CHUNKS);
    }
}
