package io.github.culvert.benchmarks.memory;

import io.github.culvert.benchmarks.traffic.BufferKind;
import io.github.culvert.benchmarks.traffic.CountingSink;
import io.github.culvert.benchmarks.traffic.Endpoints;
import io.github.culvert.benchmarks.traffic.Engines;
import io.github.culvert.benchmarks.traffic.Opener;
import io.github.culvert.benchmarks.traffic.Template;
import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.engine.NatEngine;
import java.util.Arrays;

/**
 * What sessions cost in memory, in a virtual machine of its own: live heap and direct memory, beside what the engine
 * says itself. Prints a name and a number in each line.
 */
public final class MemoryMain {
    private static final int PUBLIC_ADDRESSES = 16;
    private static final int MILLION = 1_000_000;
    private static final int FIRST_SAMPLE = 500_000;
    private static final int LAST_SAMPLE = 1_100_000;
    private static final int MAPPINGS = 1_000;

    private MemoryMain() {}

    /**
     * Measures one thing, and prints.
     *
     * @param args {@code sessions} and after how many sessions to look at the memory; {@code further}; or
     *     {@code opening} and how often to grow a table while timing it
     */
    public static void main(String[] args) {
        warmUp();
        switch (args[0]) {
            case "sessions" -> oneForEachMapping(Integer.parseInt(args[1]));
            case "further" -> furtherOnes();
            case "opening" -> slowestOpening(Integer.parseInt(args[1]));
            default -> throw new IllegalArgumentException(args[0] + " is not one of sessions, further, opening");
        }
    }

    /** Has all classes loaded, so that they do not count. */
    private static void warmUp() {
        NatEngine engine = engine();
        Opener opener = new Opener(engine, BufferKind.HEAP);
        for (int i = 0; i < MAPPINGS; i++) {
            open(i, opener);
        }
        gauge(engine);
        opener.close();
        engine.close();
    }

    private static NatEngine engine() {
        return Engines.repeatable(Engines.config(PUBLIC_ADDRESSES));
    }

    private static void print(String name, double value) {
        System.out.println(name + " " + value);
    }

    /** Half UDP and half TCP, 10,000 hosts, each session with a mapping of its own. */
    private static void open(int number, Opener opener) {
        Template template = number % 2 == 0 ? Template.UDP : Template.TCP;
        opener.open(template, Engines.inside(number / 2, Engines.MOST_HOSTS), remote(number, 443));
    }

    private static long remote(int number, int port) {
        return Endpoints.of(0x0800_0001 + number, port);
    }

    private static void oneForEachMapping(int step) {
        long before = Footprint.bytes();
        NatEngine engine = engine();
        Opener opener = new Opener(engine, BufferKind.HEAP);
        double worst = 0;
        int worstAt = 0;
        for (int live = 1; live <= LAST_SAMPLE; live++) {
            open(live - 1, opener);
            if ((live % step == 0 && live >= FIRST_SAMPLE) || live == MILLION) {
                double each = (double) (Footprint.bytes() - before) / live;
                print("at-" + live, each);
                if (live == MILLION) {
                    print("session", each);
                    print("session-gauge", (double) gauge(engine) / live);
                }
                worstAt = each > worst ? live : worstAt;
                worst = Math.max(worst, each);
            }
        }
        print("worst", worst);
        print("worst-at", worstAt);
        engine.close();
    }

    private static long gauge(NatEngine engine) {
        engine.advance(0, 1, new CountingSink());
        return engine.counters().gauge(Gauge.MEMORY);
    }

    private static void furtherOnes() {
        NatEngine engine = engine();
        Opener opener = new Opener(engine, BufferKind.HEAP);
        for (int i = 0; i < MAPPINGS; i++) {
            further(i, opener);
        }
        long before = Footprint.bytes();
        long gaugeBefore = gauge(engine);
        for (int i = MAPPINGS; i < MILLION; i++) {
            further(i, opener);
        }
        int more = MILLION - MAPPINGS;
        print("further", (double) (Footprint.bytes() - before) / more);
        print("further-gauge", (double) (gauge(engine) - gaugeBefore) / more);
        engine.close();
    }

    /** Sessions of a thousand mappings by turns, each to a remote address of its own. */
    private static void further(int number, Opener opener) {
        Template template = number % 2 == 0 ? Template.UDP : Template.TCP;
        opener.open(template, Engines.inside(number % MAPPINGS, MAPPINGS), remote(number, 443));
    }

    /** The time of every opening, the least of several runs, so that only what happens in each of them is left. */
    private static void slowestOpening(int runs) {
        int[] least = new int[LAST_SAMPLE];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int run = 0; run < runs; run++) {
            NatEngine engine = engine();
            Opener opener = new Opener(engine, BufferKind.HEAP);
            for (int i = 0; i < LAST_SAMPLE; i++) {
                long began = System.nanoTime();
                open(i, opener);
                least[i] = (int) Math.min(least[i], System.nanoTime() - began);
            }
            engine.close();
        }
        Arrays.sort(least);
        print("opening-median", least[LAST_SAMPLE / 2]);
        print("opening-9999", least[(int) (LAST_SAMPLE * 0.9999)]);
        print("opening-slowest", least[LAST_SAMPLE - 1]);
    }
}
