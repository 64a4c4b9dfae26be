package io.github.culvert.nat.flow;

import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.TransportSum;
import java.nio.ByteBuffer;

/**
 * How far each side of a TCP connection has come, so that an ICMP error can be held against it (RFC 5927 section 4.1):
 * about the highest sequence number that a side has sent.
 *
 * <p>A mark is state, and state is taken only from segments whose checksum is right, which is too dear to find out for
 * each. So a mark moves in steps: only a segment beyond the step is summed, one of hundreds. A segment from far before
 * the mark moves it too: should a forged one ever have put it in a wrong place, the next good one puts it right.
 */
final class HighWater {
    /** How far a side may be ahead of its mark. */
    static final int STEP = 1 << 18;
    /** How far behind its mark a segment may be that is still on its way; more than most hosts ever have in flight. */
    static final int IN_FLIGHT = 1 << 26;

    private HighWater() {}

    /** Whether a sequence number is where a side is whose mark is given. */
    static boolean isNear(int mark, int sequence) {
        return Integer.compareUnsigned(sequence - mark + IN_FLIGHT, IN_FLIGHT + STEP) <= 0;
    }

    /**
     * Whether a segment with a sequence number may be on its way, sent in a direction (0 out, 1 in). True if it is not
     * known how far that side is: an error too many is better than one that never arrives.
     */
    static boolean mayBeInFlight(ByteBuffer chunk, int at, int direction, int sequence) {
        int mark = Record.highWater(chunk, at, direction);
        return mark == 0 || isNear(mark, sequence);
    }

    /** Whether a segment is where its side is known to be, so that the mark stays. */
    static boolean isKept(Header header, int direction, ByteBuffer chunk, int at) {
        int mark = Record.highWater(chunk, at, direction);
        return mark != 0 && isNear(mark, header.window.i32(header.transport + TcpLayout.SEQUENCE));
    }

    /** Moves the mark of the side that sent a segment, if that lies too far from it. */
    static void follow(Header header, int direction, ChecksumStatus checksum, ByteBuffer chunk, int at) {
        if (!isKept(header, direction, chunk, at) && isRight(header, checksum)) {
            int sequence = header.window.i32(header.transport + TcpLayout.SEQUENCE);
            // 0 says that nothing is known
            Record.highWater(chunk, at, direction, sequence == 0 ? 1 : sequence);
        }
    }

    /** Whether a segment may leave state behind. */
    static boolean isRight(Header header, ChecksumStatus checksum) {
        return checksum != ChecksumStatus.VERIFY || !TransportSum.isWrong(header.window);
    }
}
