package io.github.culvert.gateway.replay;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together the pieces that the NAT has cut a packet into, which may be a fragment itself. */
final class Joint {
    private final Datagram whole;
    private final byte[] payload;
    private @Nullable Datagram first;
    private int identification = -1;
    private int gathered;

    /** For the pieces of this packet. */
    Joint(Datagram whole) {
        this.whole = whole;
        payload = new byte[whole.payloadLength()];
    }

    /** Whether a packet can be one of the pieces that are missing. */
    boolean isOne(Datagram piece) {
        int from = from(piece);
        return piece.hasHeader()
                && piece.protocol() == whole.protocol()
                && piece.payloadLength() < payload.length
                && from >= 0
                && from + piece.payloadLength() <= payload.length
                && piece.hasMoreFragments()
                        == (from + piece.payloadLength() < payload.length || whole.hasMoreFragments())
                && (identification < 0 || identification == piece.identification());
    }

    private int from(Datagram piece) {
        return piece.fragmentOffset() - whole.fragmentOffset();
    }

    /** Takes a piece; gives the packet, with the header of its first piece, when all are there. */
    Optional<Datagram> add(Datagram piece) {
        int from = from(piece);
        System.arraycopy(piece.array(), piece.transport(), payload, from, piece.payloadLength());
        gathered += piece.payloadLength();
        identification = piece.identification();
        first = from == 0 ? piece : first;
        return gathered == payload.length && first != null ? Optional.of(joined(first)) : Optional.empty();
    }

    private Datagram joined(Datagram header) {
        int length = header.headerLength();
        byte[] bytes = new byte[length + payload.length];
        System.arraycopy(header.array(), header.start(), bytes, 0, length);
        System.arraycopy(payload, 0, bytes, length, payload.length);
        put(bytes, 2, bytes.length);
        put(bytes, 6, whole.fragmentBits());
        return new Datagram(bytes);
    }

    /** Changes a word of the header, and its checksum without mending an error in it. */
    private static void put(byte[] bytes, int at, int word) {
        int before = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        int checksum = (bytes[10] & 0xff) << 8 | bytes[11] & 0xff;
        write(bytes, 10, InternetSum.afterChange(checksum, before, word));
        write(bytes, at, word);
    }

    private static void write(byte[] bytes, int at, int word) {
        bytes[at] = (byte) (word >>> 8);
        bytes[at + 1] = (byte) word;
    }
}
