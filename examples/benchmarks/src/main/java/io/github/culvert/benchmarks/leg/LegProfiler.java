package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.Ring;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Gives JMH the time a packet of every leg, as secondary results. The benchmarks here make no sense without it. */
public final class LegProfiler implements InternalProfiler {
    /** The unit of the times of the legs. */
    public static final String UNIT = "ns/packet";
    /** The name of the result that says how many packets all legs together take in one call of the benchmark. */
    public static final String PACKETS = "packets";

    /** JMH makes it. */
    public LegProfiler() {}

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        Legs.forget();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        List<ScalarResult> results = new ArrayList<>();
        Legs.quartiles()
                .forEach((name, nanos) ->
                        results.add(new ScalarResult(name, nanos / Ring.SIZE, UNIT, AggregationPolicy.AVG)));
        results.add(new ScalarResult(PACKETS, Legs.packetsPerRound(), "packets/op", AggregationPolicy.AVG));
        return results;
    }

    @Override
    public String getDescription() {
        return "time a packet of every leg";
    }
}
