package io.github.culvert.benchmarks;

import io.github.culvert.benchmarks.leg.BaselineLeg;
import io.github.culvert.benchmarks.leg.BatchLeg;
import io.github.culvert.benchmarks.leg.EngineLeg;
import io.github.culvert.benchmarks.leg.Legs;
import io.github.culvert.benchmarks.traffic.BufferKind;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.benchmarks.traffic.Sessions;
import io.github.culvert.benchmarks.traffic.Template;
import io.github.culvert.nat.packet.ChecksumStatus;
import java.util.List;
import java.util.Locale;
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

/** Packets that have a session: the baseline, the engine one by one and in batches, UDP and TCP. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
public class HitBenchmark {
    private static final int CHUNKS = 512;
    private static final List<Template> PROTOCOLS = List.of(Template.UDP, Template.TCP);

    /** How many sessions there are of each protocol. */
    @Param({"1000", "100000", "1000000"})
    public int sessions;

    /** Where packets lie. */
    @Param({"HEAP", "DIRECT"})
    public BufferKind buffers = BufferKind.HEAP;

    /** Which legs take part: a regular expression. */
    @Param(".*")
    public String only = ".*";

    private Legs legs = new Legs(".*");

    /** Opens the sessions. */
    @Setup
    public void open() {
        legs = new Legs(only);
        Sessions live = new Sessions(sessions, buffers, Template.UDP, Template.TCP);
        for (Template template : PROTOCOLS) {
            legs.add(new BaselineLeg(name(template, "baseline"), live.baseline(), ring(live, template)));
        }
        for (ChecksumStatus status : new ChecksumStatus[] {ChecksumStatus.TRUSTED, ChecksumStatus.VERIFY}) {
            String suffix = status == ChecksumStatus.TRUSTED ? "" : "-verify";
            for (Template template : PROTOCOLS) {
                String name = name(template, "single" + suffix);
                legs.add(new EngineLeg(name, live.engine(), status, ring(live, template)));
            }
            for (Template template : PROTOCOLS) {
                String name = name(template, "batch" + suffix);
                legs.add(new BatchLeg(name, live.engine(), status, ring(live, template)));
            }
        }
    }

    private static String name(Template template, String way) {
        return template.name().toLowerCase(Locale.ROOT) + "-" + way;
    }

    private Ring ring(Sessions live, Template template) {
        return new Ring(live.plan(template), buffers);
    }

    /** A turn of every leg. */
    @Benchmark
    public void round() {
        legs.round(CHUNKS);
    }
}
