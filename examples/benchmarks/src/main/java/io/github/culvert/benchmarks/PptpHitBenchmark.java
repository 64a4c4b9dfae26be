package io.github.culvert.benchmarks;

import io.github.culvert.benchmarks.leg.BatchLeg;
import io.github.culvert.benchmarks.leg.EngineLeg;
import io.github.culvert.benchmarks.leg.Legs;
import io.github.culvert.benchmarks.traffic.BufferKind;
import io.github.culvert.benchmarks.traffic.Calls;
import io.github.culvert.benchmarks.traffic.PacketPlan;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.nat.packet.ChecksumStatus;
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

/** GRE of PPTP calls beside UDP of as many sessions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
public class PptpHitBenchmark {
    private static final int CHUNKS = 512;

    /** How many calls there are, and how many UDP sessions. */
    @Param({"60", "60000"})
    public int sessions;

    /** Where packets lie. */
    @Param("HEAP")
    public BufferKind buffers = BufferKind.HEAP;

    /** Which legs take part: a regular expression. */
    @Param(".*")
    public String only = ".*";

    private Legs legs = new Legs(".*");

    /** Opens the sessions and sets the calls up. */
    @Setup
    public void open() {
        legs = new Legs(only);
        Calls live = new Calls(sessions, buffers);
        add("udp", live, live.udp());
        add("gre", live, live.gre());
    }

    private void add(String name, Calls live, PacketPlan plan) {
        ChecksumStatus trusted = ChecksumStatus.TRUSTED;
        legs.add(new EngineLeg(name + "-single", live.engine(), trusted, new Ring(plan, buffers)));
        legs.add(new BatchLeg(name + "-batch", live.engine(), trusted, new Ring(plan, buffers)));
    }

    /** A turn of every leg. */
    @Benchmark
    public void round() {
        legs.round(CHUNKS);
    }
}
