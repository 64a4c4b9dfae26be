package io.github.culvert.pptp;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What both sides hear over a bad network, see {@link LossyRun}. */
class LossyPropertiesTest {
    @Property(tries = 60)
    void eachHearsWhatTheOtherSaid(@ForAll long seed) {
        new LossyRun(seed).run();
    }
}
