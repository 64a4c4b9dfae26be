package io.github.culvert.nat.fragment;

import io.github.culvert.nat.wire.PacketWindow;

/** Is told that the time of a datagram is up whose first fragment has come (RFC 792, time exceeded, code 1). */
@FunctionalInterface
public interface TimeUp {
    /** The first fragment, as it came, good until the call returns, and the direction that it travelled in. */
    void expired(PacketWindow firstFragment, int direction, long tick);
}
