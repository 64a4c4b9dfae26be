package io.github.culvert.gateway.run;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the translated packets that a device did not take, and warns of them now and then. One thread only. */
final class Lost {
    private static final Logger LOG = LoggerFactory.getLogger("culvert.run");
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private long packets;
    private long warnedAt;
    private long packetsThen;

    /** Takes note of a packet. */
    void packet(String device, IOException why, long now) {
        packets++;
        if (packetsThen == 0 || now - warnedAt >= QUIET_NANOS) {
            LOG.warn(
                    "{} did not take a packet ({}); {} more since the last warning",
                    device,
                    why.getMessage(),
                    packets - packetsThen - 1);
            packetsThen = packets;
            warnedAt = now;
        }
    }

    /** How many in all. */
    long packets() {
        return packets;
    }
}
