package io.github.culvert.gateway.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes capture files field by field, independently of {@link CaptureWriter}. */
final class FileBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private ByteOrder order;

    FileBytes(ByteOrder order) {
        this.order = order;
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    FileBytes order(ByteOrder changed) {
        order = changed;
        return this;
    }

    FileBytes u16(int value) {
        bytes.writeBytes(
                ByteBuffer.allocate(2).order(order).putShort((short) value).array());
        return this;
    }

    FileBytes u32(long value) {
        bytes.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
        return this;
    }

    FileBytes u64(long value) {
        bytes.writeBytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
        return this;
    }

    FileBytes raw(byte... value) {
        bytes.writeBytes(value);
        return this;
    }

    FileBytes pcapHeader(long magic, int linkType) {
        return u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65_535).u32(linkType);
    }

    FileBytes record(long seconds, long ticks, long original, byte... packet) {
        return u32(seconds).u32(ticks).u32(packet.length).u32(original).raw(packet);
    }

    FileBytes block(long type, byte... body) {
        byte[] padded = java.util.Arrays.copyOf(body, body.length + 3 & ~3);
        return u32(type).u32(padded.length + 12L).raw(padded).u32(padded.length + 12L);
    }

    FileBytes section() {
        return block(0x0a0d0d0a, part().u32(0x1a2b3c4d).u16(1).u16(0).u64(-1).bytes());
    }

    FileBytes interfaceOf(int linkType, long snapLength, byte... options) {
        return block(1, part().u16(linkType).u16(0).u32(snapLength).raw(options).bytes());
    }

    FileBytes option(int code, byte... value) {
        return u16(code).u16(value.length).raw(java.util.Arrays.copyOf(value, value.length + 3 & ~3));
    }

    FileBytes enhanced(int on, long ticks, long original, byte... packet) {
        byte[] padded = java.util.Arrays.copyOf(packet, packet.length + 3 & ~3);
        FileBytes body =
                part().u32(on).u32(ticks >>> 32).u32(ticks).u32(packet.length).u32(original);
        return block(6, body.raw(padded).bytes());
    }

    /** An empty part of the same byte order. */
    FileBytes part() {
        return new FileBytes(order);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    CaptureReader reader() throws IOException {
        return CaptureReader.open(new ByteArrayInputStream(bytes()));
    }

    static List<CapturedFrame> frames(CaptureReader reader) throws IOException {
        List<CapturedFrame> frames = new ArrayList<>();
        reader.next().ifPresent(frames::add);
        for (int before = 0; before < frames.size(); ) {
            before = frames.size();
            reader.next().ifPresent(frames::add);
        }
        return frames;
    }
}
