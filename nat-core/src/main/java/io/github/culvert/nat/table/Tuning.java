package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.Timeouts;

/** What can be changed while a table is in use. Not safe for use by several threads. */
public final class Tuning {
    private final TableParts parts;
    private final TimerWheel.Due due;

    Tuning(TableParts parts, TimerWheel.Due due) {
        this.parts = parts;
        this.due = due;
    }

    /** The limits in force. */
    public Limits limits() {
        return parts.quotas.limits();
    }

    /** How many mappings of a protocol a host may have. */
    public int mappingsPerHost(int protocol) {
        return parts.quotas.mappingsPerHost(protocol);
    }

    /** Takes other limits from now on; what is above them stays. */
    public void change(Limits limits) {
        parts.quotas.change(limits);
    }

    /** Takes other rates from now on. */
    public void change(Rates rates) {
        parts.quotas.change(rates);
    }

    /** Takes other timeouts, also for the sessions that are there. Takes time in proportion to their number. */
    public void change(Timeouts changed) {
        parts.timings.change(changed);
        parts.wheel.handOutAll(due);
        parts.events.settled();
    }
}
