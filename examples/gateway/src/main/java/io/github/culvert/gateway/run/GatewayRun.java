package io.github.culvert.gateway.run;

import io.github.culvert.gateway.options.GatewayConfig;
import io.github.culvert.gateway.report.AlgReport;
import io.github.culvert.gateway.tun.TunPair;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.NatEngineBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the gateway, from the engine's first packet to the summary. The thread that runs it owns the engine. */
final class GatewayRun {
    private static final Logger LOG = LoggerFactory.getLogger("culvert.run");

    private final Consumer<Summary> summaries;
    private final long started = System.nanoTime();
    private final NatEngine engine;
    private final Forwarder forwarder;

    GatewayRun(TunPair tuns, GatewayConfig config, Requests requests, Consumer<Summary> summaries) {
        this.summaries = summaries;
        NatEngineBuilder builder =
                NatEngine.builder(config.nat()).startNanos(started).listener(new EventLog(System::nanoTime, LOG::warn));
        config.algs().forEach(builder::alg);
        engine = builder.build();
        forwarder = new Forwarder(tuns, engine, System::nanoTime, requests, this::summarize);
    }

    /**
     * Forwards until it is asked to stop.
     *
     * @return whether it ended for that reason
     */
    boolean run() {
        try {
            forwarder.run();
            return true;
        } catch (IOException e) {
            LOG.error("ended: a TUN device is gone ({})", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("ended: a fault in the gateway", e);
        } finally {
            summarize();
            engine.close();
        }
        return false;
    }

    private void summarize() {
        summaries.accept(Summary.of(
                engine.counters(),
                AlgReport.of(engine),
                Duration.ofNanos(System.nanoTime() - started),
                forwarder.sink()));
    }
}
