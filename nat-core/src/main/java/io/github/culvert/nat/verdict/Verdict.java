package io.github.culvert.nat.verdict;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;

/**
 * What becomes of a packet, as one number, so that the data path makes no objects: forwarded (0 or 1, the ordinal of
 * the {@link Direction} that it now travels in), refused, for the host, or held until a later call.
 */
public final class Verdict {
    /** Forwarded to the outside. */
    public static final int OUTBOUND = Direction.OUTBOUND.ordinal();
    /** Forwarded to the inside. */
    public static final int INBOUND = Direction.INBOUND.ordinal();

    /** Held back: a copy of it leaves later, through an {@link Outbox}. */
    public static final int HELD = -999;

    private static final int HOST = -1000;

    private Verdict() {}

    /** The verdict for a refusal. */
    public static int refused(Refusal reason) {
        return ~reason.ordinal();
    }

    /** The verdict for a packet that is the host's. */
    public static int host(HostTraffic kind) {
        return HOST - kind.ordinal();
    }

    /** Whether the packet is forwarded. */
    public static boolean isForwarded(int verdict) {
        return verdict >= 0;
    }

    /** Whether the packet is the host's. */
    public static boolean isHost(int verdict) {
        return verdict <= HOST;
    }

    /** Whether the packet is refused. */
    public static boolean isRefused(int verdict) {
        return verdict < 0 && verdict > HELD;
    }

    /** Why a packet is refused that is neither forwarded nor the host's. */
    public static Refusal refusal(int verdict) {
        return Refusal.of(~verdict);
    }

    /** Why a packet is the host's. */
    public static HostTraffic hostTraffic(int verdict) {
        return HostTraffic.of(HOST - verdict);
    }
}
