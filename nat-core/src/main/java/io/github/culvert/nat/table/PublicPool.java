package io.github.culvert.nat.table;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public addresses, by number, and the identifiers of each. Addresses come and go while running; the number of one
 * that went is given to the next that comes. Not safe for use by several threads.
 *
 * <p>Engines that share a public address will divide its identifiers between them here.
 */
final class PublicPool {
    private static final int PROTOCOLS = 3;
    /** No address has this value, since it is no unicast address. */
    private static final int ABSENT = 0;

    private final long @Nullable [] excluded;
    private final Set<Integer> bound = new HashSet<>();
    private final Use use = new Use();
    private int[] addresses = new int[0];
    /** The numbers of the addresses that inside hosts share, in order. */
    private int[] shared = new int[0];
    /** Open addressing: the address in the high half, its number plus one in the low half. */
    private long[] numbers = new long[2];

    private int shift = 31;
    private int[] @Nullable [] owners = new int[0][];
    private @Nullable IdentifierSpace[] spaces = new IdentifierSpace[0];
    private int size;

    PublicPool(NatConfig config) {
        excluded = bitmap(config.identifiers().excluded());
        for (AddressForward forward : config.addressForwards()) {
            bound.add(forward.outside().bits());
        }
        reserve(config.publicAddresses().size());
        for (Ipv4Address address : config.publicAddresses()) {
            put(size, address.bits());
        }
        index();
    }

    private static long @Nullable [] bitmap(Set<Integer> identifiers) {
        if (identifiers.isEmpty()) {
            return null;
        }
        long[] bits = new long[1024];
        identifiers.forEach(id -> bits[id >>> 6] |= 1L << id);
        return bits;
    }

    /** Adds an address; gives its number. */
    int add(int address) {
        int index = 0;
        while (index < addresses.length && addresses[index] != ABSENT) {
            index++;
        }
        if (index == addresses.length) {
            reserve(2 * addresses.length);
        }
        put(index, address);
        index();
        return index;
    }

    private void put(int index, int address) {
        addresses[index] = address;
        size++;
    }

    /** Has no host choose an address any more. */
    void withdraw(int index) {
        shared = Arrays.stream(shared).filter(other -> other != index).toArray();
    }

    /** Removes an address, whose identifiers nobody has any more. */
    void remove(int index) {
        addresses[index] = ABSENT;
        size--;
        for (int place = index * PROTOCOLS; place < (index + 1) * PROTOCOLS; place++) {
            IdentifierSpace space = spaces[place];
            if (space != null) {
                space.discard();
                spaces[place] = null;
            }
        }
        index();
    }

    private void reserve(int capacity) {
        addresses = Arrays.copyOf(addresses, capacity);
        owners = Arrays.copyOf(owners, capacity * PROTOCOLS * IdentifierSpace.BLOCKS);
        spaces = Arrays.copyOf(spaces, capacity * PROTOCOLS);
        for (IdentifierSpace space : spaces) {
            if (space != null) {
                space.move(owners);
            }
        }
    }

    /** Makes the tables that lead from addresses to numbers anew. */
    private void index() {
        int bits = 34 - Integer.numberOfLeadingZeros(addresses.length);
        shift = 32 - bits;
        numbers = new long[1 << bits];
        shared = new int[size];
        int sharing = 0;
        for (int i = 0; i < addresses.length; i++) {
            if (addresses[i] != ABSENT) {
                number(addresses[i], i);
                if (!bound.contains(addresses[i])) {
                    shared[sharing++] = i;
                }
            }
        }
        shared = Arrays.copyOf(shared, sharing);
    }

    private void number(int address, int index) {
        int position = home(address);
        while (numbers[position] != 0) {
            position = position + 1 & numbers.length - 1;
        }
        numbers[position] = (long) address << 32 | index + 1;
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

    /** The lowest number that an address has at the moment. */
    int first() {
        int index = 0;
        while (addresses[index] == ABSENT) {
            index++;
        }
        return index;
    }

    /** One more than the highest number that an address can have at the moment. */
    int end() {
        return addresses.length;
    }

    /** How many addresses inside hosts share; the others belong to one inside host each. */
    int sharedCount() {
        return shared.length;
    }

    /** The number of a shared address, by its position among them. */
    int shared(int position) {
        return shared[position];
    }

    /** Whether an address is one that inside hosts share. */
    boolean isShared(int index) {
        return Arrays.binarySearch(shared, index) >= 0;
    }

    /** Who has an identifier: a reference, a mark of {@link IdentifierSpace} below 0, or 0. */
    int owner(int index, int protocol, int identifier) {
        return IdentifierSpace.owner(owners, place(index, protocol) * IdentifierSpace.BLOCKS, identifier);
    }

    /** The identifiers of an address and protocol. */
    IdentifierSpace space(int index, int protocol) {
        return at(place(index, protocol));
    }

    /** The identifiers at a place. */
    IdentifierSpace at(int place) {
        IdentifierSpace space = spaces[place];
        if (space == null) {
            space = new IdentifierSpace(owners, place * IdentifierSpace.BLOCKS, use, excluded);
            spaces[place] = space;
        }
        return space;
    }

    /** The place of an address and protocol: 0 to 12287. */
    static int place(int index, int protocol) {
        return index * PROTOCOLS + number(protocol);
    }

    /** The number of the address that has a place. */
    static int indexOfPlace(int place) {
        return place / PROTOCOLS;
    }

    /** 0 for ICMP (1), 1 for TCP (6), 2 for UDP (17): the only protocols that come here. */
    static int number(int protocol) {
        return protocol >>> 3 | protocol >>> 2 & 1;
    }

    /** Whether no address has a free identifier of a protocol. */
    boolean isExhausted(int protocol) {
        for (int index = 0; index < addresses.length; index++) {
            IdentifierSpace space = spaces[place(index, protocol)];
            if (addresses[index] != ABSENT && (space == null || space.inUse() < 1 << 16)) {
                return false;
            }
        }
        return true;
    }

    int inUse() {
        return use.identifiers;
    }

    int capacity() {
        return size * PROTOCOLS << 16;
    }

    long memory() {
        return 4L * (addresses.length + 2 * numbers.length + owners.length + spaces.length + shared.length) + use.bytes;
    }

    /** What all spaces of a pool use together, so that nobody has to add them up. */
    static final class Use {
        int identifiers;
        long bytes;
    }
}
