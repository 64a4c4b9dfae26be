package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
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
    /** Open addressing: the address in the high half, its number plus one in the low half. */
    private final long[] numbers;

    private final int shift;
    private final int[] @Nullable [] owners;
    private final @Nullable IdentifierSpace[] spaces;
    private final Use use = new Use();

    PublicPool(List<Ipv4Address> publicAddresses) {
        addresses = publicAddresses.stream().mapToInt(Ipv4Address::bits).toArray();
        int bits = 34 - Integer.numberOfLeadingZeros(addresses.length);
        shift = 32 - bits;
        numbers = new long[1 << bits];
        for (int i = 0; i < addresses.length; i++) {
            int position = home(addresses[i]);
            while (numbers[position] != 0) {
                position = position + 1 & numbers.length - 1;
            }
            numbers[position] = (long) addresses[i] << 32 | i + 1;
        }
        owners = new int[addresses.length * PROTOCOLS * IdentifierSpace.BLOCKS][];
        spaces = new IdentifierSpace[addresses.length * PROTOCOLS];
    }

    private int home(int address) {
        return address * 0x9e3779b9 >>> shift;
    }

    /** The number of an address, or -1 if it is none of ours. */
    int indexOf(int address) {
        int position = home(address);
        long entry = numbers[position];
        while (entry != 0 && (int) (entry >>> 32) != address) {
            position = position + 1 & numbers.length - 1;
            entry = numbers[position];
        }
        return (int) entry - 1;
    }

    int address(int index) {
        return addresses[index];
    }

    int size() {
        return addresses.length;
    }

    /** Who has an identifier: a reference, {@link IdentifierSpace#RESERVED}, or 0. */
    int owner(int index, int protocol, int identifier) {
        return IdentifierSpace.owner(owners, place(index, protocol) * IdentifierSpace.BLOCKS, identifier);
    }

    /** The identifiers of an address and protocol. */
    IdentifierSpace space(int index, int protocol) {
        int place = place(index, protocol);
        IdentifierSpace space = spaces[place];
        if (space == null) {
            space = new IdentifierSpace(owners, place * IdentifierSpace.BLOCKS, use);
            spaces[place] = space;
        }
        return space;
    }

    private static int place(int index, int protocol) {
        return index * PROTOCOLS + number(protocol);
    }

    /** 0 for ICMP (1), 1 for TCP (6), 2 for UDP (17): the only protocols that come here. */
    static int number(int protocol) {
        return protocol >>> 3 | protocol >>> 2 & 1;
    }

    /** Whether no address has a free identifier of a protocol. */
    boolean isExhausted(int protocol) {
        for (int index = 0; index < addresses.length; index++) {
            IdentifierSpace space = spaces[place(index, protocol)];
            if (space == null || space.inUse() < 1 << 16) {
                return false;
            }
        }
        return true;
    }

    int inUse() {
        return use.identifiers;
    }

    int capacity() {
        return addresses.length * Protocol.values().length << 16;
    }

    long memory() {
        return 4L * (addresses.length + 2 * numbers.length + owners.length + spaces.length) + use.bytes;
    }

    /** What all spaces of a pool use together, so that nobody has to add them up. */
    static final class Use {
        int identifiers;
        long bytes;
    }
}
