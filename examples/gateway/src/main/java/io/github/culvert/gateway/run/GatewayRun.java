package io.github.culvert.gateway.run;

import io.github.culvert.gateway.tun.TunPair;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.NatConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the gateway, from the engine's first packet to the summary. The thread that runs it owns the engine. */
final class GatewayRun {
    private static final Logger LOG = LoggerFactory.getLogger("culvert.run");

    private final NatConfig config;
    private final TunPair tuns;
    private final Consumer<Summary> summaries;
    private final long started = System.nanoTime();
    private final NatEngine engine;
    private final Forwarder forwarder;

    GatewayRun(TunPair tuns, NatConfig config, Consumer<Summary> summaries) {
        this.tuns = tuns;
        this.config = config;
        this.summaries = summaries;
        engine = NatEngine.builder(config).startNanos(started).build();
        forwarder = new Forwarder(tuns, engine, System::nanoTime, this::summarize);
    }

    /**
     * Forwards until TERM or INT.
     *
     * @return whether it ended because it was told to
     */
    boolean run() {
        Signals.on("TERM", this::stop);
        Signals.on("INT", this::stop);
        Signals.on("USR1", name -> forwarder.report());
        LOG.info(
                "forwarding between {} (inside {}) and {} (outside {})",
                tuns.inside().name(),
                config.insideNetworks(),
                tuns.outside().name(),
                config.publicAddresses());
        try {
            return forward();
        } finally {
            summarize();
            engine.close();
        }
    }

    private boolean forward() {
        try {
            forwarder.run();
            LOG.info("ended");
            return true;
        } catch (IOException e) {
            LOG.error("ended: a TUN device is gone ({})", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("ended: a fault in the gateway", e);
        }
        return false;
    }

    private void stop(String signal) {
        LOG.info("{}: ending", signal);
        forwarder.stop();
    }

    private void summarize() {
        summaries.accept(
                Summary.of(engine.counters(), Duration.ofNanos(System.nanoTime() - started), forwarder.sink()));
    }
}
