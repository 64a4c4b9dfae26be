package io.github.culvert.benchmarks;

import io.github.culvert.benchmarks.leg.EngineLeg;
import io.github.culvert.benchmarks.leg.Legs;
import io.github.culvert.benchmarks.leg.RefusalLeg;
import io.github.culvert.benchmarks.leg.RetainLeg;
import io.github.culvert.benchmarks.traffic.BufferKind;
import io.github.culvert.benchmarks.traffic.Garbage;
import io.github.culvert.benchmarks.traffic.PacketSource;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.benchmarks.traffic.Sessions;
import io.github.culvert.benchmarks.traffic.Strangers;
import io.github.culvert.benchmarks.traffic.Template;
import io.github.culvert.nat.packet.ChecksumStatus;
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

/** What is refused, beside a hit. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
public class RefusalBenchmark {
    private static final int CHUNKS = 512;

    /** How many sessions there are of each protocol. */
    @Param({"1000", "100000", "1000000"})
    public int sessions;

    /** Where packets lie. */
    @Param("HEAP")
    public BufferKind buffers = BufferKind.HEAP;

    /** Which legs take part: a regular expression. */
    @Param(".*")
    public String only = ".*";

    private Legs legs = new Legs(".*");

    /** Opens the sessions and finds packets that are none of theirs. */
    @Setup
    public void open() {
        legs = new Legs(only);
        Sessions live = new Sessions(sessions, buffers, Template.UDP, Template.TCP);
        Strangers strangers = new Strangers(live);
        for (Template template : new Template[] {Template.UDP, Template.TCP}) {
            String prefix = template.name().toLowerCase(Locale.ROOT) + "-";
            Ring hits = new Ring(live.plan(template), buffers);
            legs.add(new EngineLeg(prefix + "hit", live.engine(), ChecksumStatus.TRUSTED, hits));
            refuse(prefix + "unmapped", live, strangers.unmapped(template, buffers));
            refuse(prefix + "filtered", live, strangers.filtered(template));
        }
        refuse("tcp-unopened", live, strangers.unopened());
        refuse("garbage", live, new Garbage(live.plan(Template.UDP)));
        legs.add(new RetainLeg("retain-and-release", new Ring(live.plan(Template.UDP), buffers)));
    }

    private void refuse(String name, Sessions live, PacketSource packets) {
        legs.add(new RefusalLeg(name, live.engine(), new Ring(packets, buffers)));
    }

    /** A turn of every leg. */
    @Benchmark
    public void round() {
        legs.round(CHUNKS);
    }
}
