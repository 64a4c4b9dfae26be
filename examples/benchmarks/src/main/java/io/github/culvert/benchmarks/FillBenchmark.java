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

/** Sessions that are created and expire, where few or nearly all ports of a public address are in use. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
public class FillBenchmark {
    private static final int CHUNKS = 128;

    /** Which legs take part: a regular expression. */
    @Param(".*")
    public String only = ".*";

    private Legs legs = new Legs(".*");

    /** Opens the first sessions. */
    @Setup
    public void open() {
        legs = new Legs(only);
        int tenth = Engines.PORTS / 10;
        int nearlyAll = Engines.PORTS * 999 / 1000;
        legs.add(new ChurnLeg("fill-10", Engines.shortLived(1), NewFlows.ofUdp(4 * tenth), tenth));
        legs.add(new ChurnLeg("fill-10-of-ten", Engines.shortLived(10), NewFlows.ofUdp(4 * nearlyAll), nearlyAll));
        legs.add(new ChurnLeg("fill-99.9", Engines.shortLived(1), NewFlows.ofUdp(4 * nearlyAll), nearlyAll));
    }

    /** A turn of every leg. */
    @Benchmark
    public void round() {
        legs.round(CHUNKS);
    }
}
