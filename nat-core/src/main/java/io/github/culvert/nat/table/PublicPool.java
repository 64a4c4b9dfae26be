package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public addresses, by number, and the identifiers of each. Not safe for use by several threads.
 *
 * <p>Engines that share a public address will divide its identifiers between them here.
 */
final class PublicPool {
    private static final int PROTOCOLS = 3;

    private final int[] addresses;
    private final int[] hashed;
    private final int shift;
    private final @Nullable IdentifierSpace[] spaces;

    PublicPool(List<Ipv4Address> publicAddresses) {
        addresses = publicAddresses.stream().mapToInt(Ipv4Address::bits).toArray();
        int bits = 33 - Integer.numberOfLeadingZeros(addresses.length) + 1;
        shift = 32 - bits;
        hashed = new int[1 << bits];
        Arrays.fill(hashed, -1);
        for (int i = 0; i < addresses.length; i++) {
            int position = home(addresses[i]);
            while (hashed[position] >= 0) {
                position = position + 1 & hashed.length - 1;
            }
            hashed[position] = i;
        }
        spaces = new IdentifierSpace[addresses.length * PROTOCOLS];
    }

    private int home(int address) {
        return address * 0x9e3779b9 >>> shift;
    }

    /** The number of an address, or -1 if it is none of ours. */
    int indexOf(int address) {
        int position = home(address);
        int index = hashed[position];
        while (index >= 0 && addresses[index] != address) {
            position = position + 1 & hashed.length - 1;
            index = hashed[position];
        }
        return index;
    }

    int address(int index) {
        return addresses[index];
    }

    int size() {
        return addresses.length;
    }

    /** Who has an identifier: a reference, {@link IdentifierSpace#RESERVED}, or 0. */
    int owner(int index, int protocol, int identifier) {
        IdentifierSpace space = spaces[place(index, protocol)];
        return space == null ? 0 : space.owner(identifier);
    }

    /** The identifiers of an address and protocol. */
    IdentifierSpace space(int index, int protocol) {
        int place = place(index, protocol);
        IdentifierSpace space = spaces[place];
        if (space == null) {
            space = new IdentifierSpace();
            spaces[place] = space;
        }
        return space;
    }

    private static int place(int index, int protocol) {
        return index * PROTOCOLS + number(protocol);
    }

    /** 0 for ICMP (1), 1 for TCP (6), 2 for UDP (17): the only protocols that come here. */
    private static int number(int protocol) {
        return protocol >>> 3 | protocol >>> 2 & 1;
    }

    int inUse() {
        int sum = 0;
        for (IdentifierSpace space : spaces) {
            sum += space == null ? 0 : space.inUse();
        }
        return sum;
    }

    int capacity() {
        return addresses.length * Protocol.values().length << 16;
    }

    long memory() {
        long sum = 4L * (addresses.length + hashed.length + spaces.length);
        for (IdentifierSpace space : spaces) {
            sum += space == null ? 0 : space.memory();
        }
        return sum;
    }
}
