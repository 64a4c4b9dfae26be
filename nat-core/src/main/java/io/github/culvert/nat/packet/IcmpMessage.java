package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.TransportSum;

/** An ICMP message (RFC 792), or the first part of one that was fragmented. */
public sealed interface IcmpMessage extends Transport permits IcmpQuery, IcmpError, IcmpOther {
    /**
     * Parses a message.
     *
     * @param octets header and data
     * @return the message, or why there is none
     */
    static Parsed<IcmpMessage> parse(Octets octets) {
        return Headers.parse(octets, IcmpLayout.PROTOCOL, IcmpMessage::of);
    }

    /**
     * The view that fits the type.
     *
     * @param octets header and payload, possibly only the first part
     * @return the view
     * @throws IllegalArgumentException if the header is malformed; {@link #parse(Octets)} says so without an exception
     */
    static IcmpMessage of(Octets octets) {
        Headers.require(octets, IcmpLayout.PROTOCOL);
        int type = IcmpLayout.type(octets.i32(IcmpLayout.ROW0));
        if (IcmpLayout.isQuery(type)) {
            return new IcmpQuery(octets);
        }
        return IcmpLayout.isError(type) ? new IcmpError(octets) : new IcmpOther(octets);
    }

    /**
     * Starts building a message.
     *
     * @return a builder
     */
    static IcmpBuilder builder() {
        return new IcmpBuilder();
    }

    /**
     * The type.
     *
     * @return 0 to 255
     */
    default int type() {
        return IcmpLayout.type(octets().i32(IcmpLayout.ROW0));
    }

    /**
     * The code.
     *
     * @return 0 to 255
     */
    default int code() {
        return IcmpLayout.code(octets().i32(IcmpLayout.ROW0));
    }

    /**
     * The checksum.
     *
     * @return 0 to 65535
     */
    default int checksum() {
        return IcmpLayout.checksum(octets().i32(IcmpLayout.ROW0));
    }

    /**
     * Whether the checksum is right. No address enters it.
     *
     * @return true if it is; meaningless if the message is not there whole
     */
    default boolean checksumValid() {
        return TransportSum.isRight(octets().window(), 0, octets().length());
    }
}
