package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Endpoint;
import org.jspecify.annotations.Nullable;

/** Changes words of a packet, and with each word every checksum that covers it, errors of the checksums included. */
final class Edit {
    private final byte[] bytes;

    /**
     * A checksum field.
     *
     * @param at where it stands
     * @param udp whether 0 means that there is no checksum
     * @param outer the checksum that covers this field in turn, that of an ICMP error around it
     */
    private record Sum(int at, boolean udp, @Nullable Sum outer) {}

    private Edit(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Puts another endpoint at a place; an address alone where the packet shows no identifier of that host. */
    static void endpoint(Datagram datagram, Place place, Endpoint endpoint) {
        new Edit(datagram.array()).endpoint(datagram, place, endpoint, null);
    }

    /** Puts another endpoint at a place of the datagram that an ICMP error quotes. */
    static void quotedEndpoint(Datagram error, Datagram quoted, Place place, Endpoint endpoint) {
        Sum icmp = new Sum(error.checksumAt().orElseThrow(), false, null);
        new Edit(error.array()).endpoint(quoted, place, endpoint, icmp);
    }

    /** Changes a word that the transport checksum covers; it may begin at an odd place. */
    static void transportWord(Datagram datagram, int at, int value) {
        Edit edit = new Edit(datagram.array());
        Sum sum = datagram.checksumAt().isPresent() ? transportSum(datagram, null) : null;
        if ((at - datagram.transport()) % 2 == 0) {
            edit.word(at, value, sum);
        } else {
            edit.word(at - 1, edit.read(at - 1) & 0xff00 | value >>> 8, sum);
            edit.word(at + 1, (value & 0xff) << 8 | edit.read(at + 1) & 0xff, sum);
        }
    }

    /** Changes a byte that the transport checksum covers, which may be the last one. */
    static void transportByte(Datagram datagram, int at, int value) {
        int from = datagram.u8(at);
        if (from == value) {
            return;
        }
        Edit edit = new Edit(datagram.array());
        edit.bytes[at] = (byte) value;
        int shift = (at - datagram.transport()) % 2 == 0 ? 8 : 0;
        if (datagram.checksumAt().isPresent()) {
            edit.follow(transportSum(datagram, null), from << shift, value << shift);
        }
    }

    /** Changes a word that no checksum covers. */
    static void plainWord(Datagram datagram, int at, int value) {
        new Edit(datagram.array()).write(at, value);
    }

    /** Changes a word, at an even place, of the payload of the datagram that an ICMP error quotes. */
    static void quotedWord(Datagram error, int at, int value) {
        Sum icmp = new Sum(error.checksumAt().orElseThrow(), false, null);
        new Edit(error.array()).word(at, value, icmp);
    }

    private void endpoint(Datagram datagram, Place place, Endpoint endpoint, @Nullable Sum outer) {
        Sum header = new Sum(datagram.start() + Datagram.HEADER_CHECKSUM, false, outer);
        Sum transport = datagram.checksumAt().isPresent() ? transportSum(datagram, outer) : null;
        Sum pseudoHeader = datagram.protocol() == Datagram.ICMP ? null : transport;
        int addressAt = place.addressAt(datagram.start());
        int address = endpoint.address().bits();
        word(addressAt, address >>> 16, header, pseudoHeader, outer);
        word(addressAt + 2, address & 0xffff, header, pseudoHeader, outer);
        datagram.identifierAt(place).ifPresent(at -> word(at, (int) endpoint.identifier(), transport, outer));
    }

    private static Sum transportSum(Datagram datagram, @Nullable Sum outer) {
        return new Sum(datagram.checksumAt().orElseThrow(), datagram.protocol() == Datagram.UDP, outer);
    }

    private void word(int at, int value, @Nullable Sum... sums) {
        int from = read(at);
        write(at, value);
        for (Sum sum : sums) {
            if (sum != null) {
                follow(sum, from, value);
            }
        }
    }

    private void follow(Sum sum, int from, int to) {
        int before = read(sum.at);
        if (sum.udp && before == 0) {
            return;
        }
        int after = InternetSum.afterChange(before, from, to);
        word(sum.at, sum.udp && after == 0 ? 0xffff : after, sum.outer);
    }

    private int read(int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    private void write(int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }
}
