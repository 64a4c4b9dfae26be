package io.github.culvert.gateway.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An interface of a pcapng section.
 *
 * @param linkType the number of its link type
 * @param snapLength the most bytes that were captured of a packet
 * @param scale the meaning of its times
 */
record CaptureInterface(int linkType, long snapLength, TimeScale scale) {
    private static final int END_OF_OPTIONS = 0;
    private static final int IF_TSRESOL = 9;
    private static final int IF_TSOFFSET = 14;

    /** Reads the body of an interface description block; options that run past it end the list. */
    static CaptureInterface read(ByteBuffer body) {
        int linkType = body.getShort(0) & 0xffff;
        long snap = body.getInt(4) & 0xffff_ffffL;
        return new CaptureInterface(linkType, snap == 0 ? 0xffff_ffffL : snap, scale(body, 8));
    }

    private static TimeScale scale(ByteBuffer body, int first) {
        TimeScale scale = TimeScale.MICROSECONDS;
        int at = first;
        while (at + 4 <= body.limit()) {
            int code = body.getShort(at) & 0xffff;
            int length = body.getShort(at + 2) & 0xffff;
            if (code == END_OF_OPTIONS || at + 4 + length > body.limit()) {
                break;
            }
            scale = withOption(scale, code, body.slice(at + 4, length).order(body.order()));
            at += 4 + ((length + 3) & ~3);
        }
        return scale;
    }

    private static TimeScale withOption(TimeScale scale, int code, ByteBuffer value) {
        if (code == IF_TSRESOL && value.remaining() >= 1) {
            return scale.withResolution(value.get(0) & 0xff);
        }
        if (code == IF_TSOFFSET && value.remaining() >= Long.BYTES) {
            return scale.withOffset(value.getLong(0));
        }
        return scale;
    }

    /** The body of an interface description block with times in nanoseconds, filled up to its position. */
    static ByteBuffer nanosecondBody(int linkType, ByteOrder order) {
        ByteBuffer body = ByteBuffer.allocate(20).order(order);
        body.putShort((short) linkType).putShort((short) 0).putInt(CaptureReader.LARGEST_RECORD);
        body.putShort((short) IF_TSRESOL).putShort((short) 1).put((byte) 9).position(16);
        return body.putInt(END_OF_OPTIONS);
    }
}
