package io.github.culvert.benchmarks;

import io.github.culvert.benchmarks.leg.BatchLeg;
import io.github.culvert.benchmarks.leg.EngineLeg;
import io.github.culvert.benchmarks.leg.Legs;
import io.github.culvert.benchmarks.traffic.BufferKind;
import io.github.culvert.benchmarks.traffic.ForwardedSessions;
import io.github.culvert.benchmarks.traffic.PacketPlan;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.benchmarks.traffic.Sessions;
import io.github.culvert.benchmarks.traffic.Template;
import io.github.culvert.nat.engine.NatEngine;
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

/** Many remote endpoints on one static forward, beside as many mappings. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
public class ForwardBenchmark {
    private static final int CHUNKS = 512;

    /** How many sessions there are. */
    @Param("100000")
    public int sessions;

    /** Where packets lie. */
    @Param("HEAP")
    public BufferKind buffers = BufferKind.HEAP;

    /** Which legs take part: a regular expression. */
    @Param(".*")
    public String only = ".*";

    private Legs legs = new Legs(".*");

    /** Opens the sessions. */
    @Setup
    public void open() {
        legs = new Legs(only);
        Sessions mappings = new Sessions(sessions, buffers, Template.UDP);
        ForwardedSessions distinct = new ForwardedSessions(sessions, 1, buffers);
        ForwardedSessions shared = new ForwardedSessions(sessions / 100, 100, buffers);
        add("mappings", mappings.engine(), mappings.plan(Template.UDP));
        add("forward", distinct.engine(), distinct.plan());
        add("forward-100-ports", shared.engine(), shared.plan());
    }

    private void add(String name, NatEngine engine, PacketPlan plan) {
        legs.add(new EngineLeg(name + "-single", engine, ChecksumStatus.TRUSTED, new Ring(plan, buffers)));
        legs.add(new BatchLeg(name + "-batch", engine, ChecksumStatus.TRUSTED, new Ring(plan, buffers)));
    }

    /** A turn of every leg. */
    @Benchmark
    public void round() {
        legs.round(CHUNKS);
    }
}
