package io.github.culvert.benchmarks.report;

import static io.github.culvert.benchmarks.traffic.BufferKind.DIRECT;
import static io.github.culvert.benchmarks.traffic.BufferKind.HEAP;

import io.github.culvert.benchmarks.leg.SetUpLeg;
import io.github.culvert.benchmarks.traffic.BufferKind;
import java.util.ArrayList;
import java.util.List;

/** How long to measure, and what. */
enum Effort {
    /** Everything, several virtual machines each. */
    FULL(3, 8, 8, 1000, 5, 1_000),
    /** Three minutes: one virtual machine each, direct buffers only once. For looking, not for concluding. */
    QUICK(1, 6, 4, 500, 2, 10_000);

    final int forks;
    final int warmups;
    final int iterations;
    final int millis;
    final int growths;
    final int memoryStep;

    Effort(int forks, int warmups, int iterations, int millis, int growths, int memoryStep) {
        this.forks = forks;
        this.warmups = warmups;
        this.iterations = iterations;
        this.millis = millis;
        this.growths = growths;
        this.memoryStep = memoryStep;
    }

    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int sessions : Lines.SIZES) {
            for (BufferKind buffers : BufferKind.values()) {
                if (this == FULL || buffers == HEAP || sessions == 1_000) {
                    runs.add(Run.of("HitBenchmark", sessions, buffers));
                }
            }
        }
        runs.add(Run.of("ForwardBenchmark", 100_000, HEAP));
        runs.add(Run.of("ChurnBenchmark", "live", 100_000));
        runs.add(Run.of("ChurnBenchmark", "live", 1_000_000));
        runs.add(Run.of("FillBenchmark"));
        for (int calls : PptpLines.SIZES) {
            runs.add(PptpLines.hits(calls));
        }
        for (SetUpLeg.Way way : SetUpLeg.Way.values()) {
            runs.add(PptpLines.setUps(way));
        }
        for (int sessions : Lines.SIZES) {
            if (this == FULL || sessions == 100_000) {
                runs.add(Run.of("RefusalBenchmark", sessions, HEAP));
            }
        }
        if (this == FULL) {
            runs.add(Run.of("ForwardBenchmark", 100_000, DIRECT));
            runs.add(Run.of("RefusalBenchmark", 1_000, DIRECT));
        }
        return runs;
    }
}
