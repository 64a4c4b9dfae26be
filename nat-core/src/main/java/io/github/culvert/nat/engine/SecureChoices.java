package io.github.culvert.nat.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Unpredictable numbers from the platform's secure source (RFC 6056 section 3), fetched a block at a time, since one at
 * a time would allocate. Not safe for use by several threads.
 */
final class SecureChoices implements RandomGenerator {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final SecureRandom source = new SecureRandom();
    private final byte[] block = new byte[1024];
    private int used = block.length;

    @Override
    public long nextLong() {
        if (used == block.length) {
            source.nextBytes(block);
            used = 0;
        }
        long value = (long) LONG.get(block, used);
        used += Long.BYTES;
        return value;
    }
}
