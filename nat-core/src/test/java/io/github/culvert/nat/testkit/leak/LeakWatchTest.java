package io.github.culvert.nat.testkit.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakWatchTest {
    private final LeakWatch watch = new LeakWatch();
    private final ResourceLeakDetector<Object> detector = watch.newResourceLeakDetector(Object.class, 1);

    @Test
    void reportsWhatBecameGarbageBeforeItWasClosed() {
        detector.trackForcibly(new Object());

        assertThat(watch.leaks()).singleElement().asString().startsWith("Object was not released.");
    }

    @Test
    void saysNothingOfWhatWasClosed() {
        Object resource = new Object();
        detector.trackForcibly(resource).close(resource);

        assertThat(watch.leaks()).isEmpty();
    }

    @Test
    void aLeakFailsTheRunAndNamesIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> LeakCheck.failOn(List.of("a leaked buffer")))
                .withMessageContaining("a leaked buffer");
        assertThatCode(() -> LeakCheck.failOn(List.of())).doesNotThrowAnyException();
    }
}
