package io.github.culvert.nat.engine;

import io.github.culvert.nat.mapping.Answer;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import java.util.Map;

/**
 * Counters and gauges of an engine. Any thread may read them at any time; a value read by another thread may be
 * slightly old, and two values need not belong to the same moment. Counters never go back.
 */
public interface NatCounters {
    /**
     * Packets translated, and those that the NAT sent of its own.
     *
     * @param direction which way
     * @return how many since the start
     */
    long packets(Direction direction);

    /**
     * Bytes of the IPv4 packets that {@link #packets} counts.
     *
     * @param direction which way
     * @return how many since the start
     */
    long bytes(Direction direction);

    /**
     * Packets refused.
     *
     * @param reason why
     * @return how many since the start
     */
    long refused(Refusal reason);

    /**
     * Packets passed to the host.
     *
     * @param kind why
     * @return how many since the start
     */
    long toHost(HostTraffic kind);

    /**
     * ICMP messages that the NAT sent of its own. They are among the {@link #packets}, too.
     *
     * @param answer which message
     * @return how many since the start
     */
    long answers(Answer answer);

    /**
     * Packets that had to be copied, since their buffer was read-only or shared.
     *
     * @return how many since the start
     */
    long copied();

    /**
     * Sessions created.
     *
     * @return how many since the start
     */
    long sessionsCreated();

    /**
     * Sessions closed.
     *
     * @return how many since the start
     */
    long sessionsClosed();

    /**
     * Exceptions thrown by listeners and by commands of other threads.
     *
     * @return how many since the start
     */
    long callbackFailures();

    /**
     * What ALGs have reported. Experimental, as package {@code alg}.
     *
     * @return a snapshot: how often since the start, by the name of the notice; what was never reported is not in it
     */
    Map<String, Long> notices();

    /**
     * How much there is of something at the moment.
     *
     * @param gauge of what
     * @return how much
     */
    long gauge(Gauge gauge);

    /**
     * How much there may be of something.
     *
     * @param gauge of what
     * @return the limit; {@link Long#MAX_VALUE} if there is none
     */
    long limit(Gauge gauge);
}
