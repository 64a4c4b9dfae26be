package io.github.culvert.nat.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The store of fragments does what a trivial one does. */
class FragmentStoreModelTest {
    @Property(tries = 200)
    void doesTheSame(@ForAll long seed) {
        new FragmentStoreRun(seed).run(400);
    }

    /** What the runs are made of: datagrams do become whole in them. */
    @Example
    void datagramsBecomeWhole() {
        long whole = LongStream.range(0, 20)
                .map(seed -> new FragmentStoreRun(seed).run(400))
                .sum();
        assertThat(whole).isGreaterThan(100);
    }
}
