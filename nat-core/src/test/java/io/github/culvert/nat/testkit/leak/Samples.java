package io.github.culvert.nat.testkit.leak;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** What {@link LeakCheckTest} runs by itself; a build does not find it, its name is no test's. */
final class Samples {
    private Samples() {}

    static class Leaky {
        @Test
        void forgetsABuffer() {
            Unpooled.directBuffer(64).writeInt(1);
        }
    }

    static class Clean {
        @Test
        void releasesItsBuffer() {
            Unpooled.directBuffer(64).writeInt(1).release();
        }
    }
}
