package io.github.culvert.gateway.replay;

import static java.util.Comparator.comparing;

import io.github.culvert.gateway.capture.CaptureFault;
import io.github.culvert.gateway.capture.CaptureReader;
import io.github.culvert.gateway.capture.CapturedFrame;
import io.github.culvert.gateway.options.GatewayConfig;
import io.github.culvert.gateway.report.AlgReport;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.ReplayResult;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.NatEngineBuilder;
import io.github.culvert.nat.engine.NatTable;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Replays one recording through a NAT of its own. The same recording and configuration give the same packets, byte for
 * byte: the unpredictable choices of the NAT come from a fixed seed.
 */
public final class Replay {
    /** Where the choices of the NAT come from; any number does. */
    private static final long SEED = 4787;

    private static final Comparator<Endpoint> BY_ADDRESS =
            comparing(Endpoint::address).thenComparingLong(Endpoint::identifier);

    private final GatewayConfig config;
    private final Output inside;
    private final Output outside;
    private final Listener listener;

    /** Is told how a replay goes. */
    public interface Listener {
        /**
         * A packet did not come out as recorded.
         *
         * @param finding what became of it
         */
        void found(Finding finding);

        /**
         * More of the recording was read.
         *
         * @param bytes how much so far
         */
        void read(long bytes);
    }

    /**
     * A replay.
     *
     * @param config the configuration of the NAT and its ALGs
     * @param inside takes what leaves to the inside
     * @param outside takes what leaves to the outside
     * @param listener is told how it goes
     */
    Replay(GatewayConfig config, Output inside, Output outside, Listener listener) {
        this.config = config;
        this.inside = inside;
        this.outside = outside;
        this.listener = listener;
    }

    /**
     * A replay that writes no files.
     *
     * @param config the configuration of the NAT and its ALGs
     * @param listener is told how it goes
     * @return the replay
     */
    public static Replay withoutFiles(GatewayConfig config, Listener listener) {
        return new Replay(config, Output.NOWHERE, Output.NOWHERE, listener);
    }

    /**
     * Runs it.
     *
     * @param name the name of the recording
     * @param reader the recording
     * @return what it found
     * @throws IOException if reading or writing fails; damage in the recording ends it and is part of the result
     */
    public ReplayResult run(String name, CaptureReader reader) throws IOException {
        Judge judge = new Judge(config.nat(), PptpScope.of(config), listener::found);
        Optional<CapturedFrame> first = reader.next();
        CaptureClock clock =
                new CaptureClock(first.map(CapturedFrame::timeNanos).orElse(0L));
        NatEngineBuilder builder = NatEngine.builder(config.nat()).random(new SplittableRandom(SEED));
        config.algs().forEach(builder::alg);
        NatEngine engine = builder.build();
        try {
            NatProbe probe = new NatProbe(engine, judge, inside, outside, clock);
            passAll(first, reader, judge, probe);
            probe.end();
            return result(name, reader, judge, engine);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            engine.close();
        }
    }

    private void passAll(Optional<CapturedFrame> first, CaptureReader reader, Judge judge, NatProbe probe)
            throws IOException {
        Sorter sorter = new Sorter(config.nat(), judge.tally()::bystander);
        Optional<CapturedFrame> frame = first;
        while (frame.isPresent()) {
            judge.tally().read();
            probe.passTime(frame.get().timeNanos());
            sorter.sort(frame.get()).ifPresent(probe::pass);
            listener.read(reader.position());
            frame = reader.next();
        }
    }

    private static ReplayResult result(String name, CaptureReader reader, Judge judge, NatEngine engine) {
        NatTable table = engine.table();
        Optional<CaptureFault> fault = reader.fault();
        fault.ifPresent(f -> judge.tally().endedEarly());
        List<Mapping> mappings = new ArrayList<>();
        List<Session> sessions = new ArrayList<>();
        table.forEachMapping(mappings::add);
        table.forEachSession(sessions::add);
        mappings.sort(comparing(Mapping::protocol).thenComparing(Mapping::inside, BY_ADDRESS));
        sessions.sort(comparing(Session::protocol)
                .thenComparing(Session::inside, BY_ADDRESS)
                .thenComparing(Session::remote, BY_ADDRESS));
        return new ReplayResult(
                name,
                judge.tally(),
                fault.map(CaptureFault::toString).orElse(""),
                judge.flows(),
                mappings,
                sessions,
                judge.calls(),
                AlgReport.of(engine));
    }
}
