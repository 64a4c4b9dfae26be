package io.github.culvert.pptp;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for whatever many hosts do, see {@link SiteRun}. */
class SitePropertiesTest {
    @Property(tries = 200)
    void nothingIsEverLeft(@ForAll long seed) {
        new SiteRun(seed).run(150);
    }
}
