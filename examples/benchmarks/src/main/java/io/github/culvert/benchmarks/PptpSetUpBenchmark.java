package io.github.culvert.benchmarks;

import io.github.culvert.benchmarks.leg.Legs;
import io.github.culvert.benchmarks.leg.SetUpLeg;
import io.github.culvert.benchmarks.traffic.Engines;
import io.github.culvert.benchmarks.traffic.Sessions;
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

/** Calls of PPTP that are set up and end. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
public class PptpSetUpBenchmark {
    private static final int CHUNKS = 32;

    /** How many calls are live. */
    @Param("60000")
    public int live;

    /** What belongs to the set-up of a call. */
    @Param({"CALL", "CONNECTION"})
    public SetUpLeg.Way way = SetUpLeg.Way.CALL;

    private Legs legs = new Legs(".*");

    /** Sets the first calls up. */
    @Setup
    public void open() {
        legs = new Legs(".*");
        legs.add(new SetUpLeg("set-up", Engines.withPptp(Sessions.PUBLIC_ADDRESSES), way, live));
    }

    /** A turn. */
    @Benchmark
    public void round() {
        legs.round(CHUNKS);
    }
}
