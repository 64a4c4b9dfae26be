package io.github.culvert.nat.engine;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.table.FlowTable;

/** The configuration in force: changed by the thread of the engine, read by any. What is not allowed changes nothing. */
final class Settings {
    private final FlowTable table;
    private final Meters meters;
    private volatile NatConfig current;

    Settings(NatConfig config, FlowTable table, Meters meters) {
        this.table = table;
        this.meters = meters;
        this.current = config;
        meters.limits(config, table);
    }

    NatConfig current() {
        return current;
    }

    void change(Limits limits) {
        NatConfig changed = current.withLimits(limits).validate();
        current = changed;
        table.tuning().change(limits);
        meters.limits(changed, table);
    }

    /** The table has other public addresses, which this configuration has and allows. */
    void changePublicAddresses(NatConfig changed) {
        current = current.withPublicAddresses(changed.publicAddresses());
        meters.limits(current, table);
    }

    void change(Rates rates) {
        current = current.withRates(rates).validate();
        table.tuning().change(rates);
    }

    void change(Timeouts timeouts) {
        current = current.withTimeouts(timeouts).validate();
        table.tuning().change(timeouts);
    }
}
