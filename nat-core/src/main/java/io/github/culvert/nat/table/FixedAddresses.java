package io.github.culvert.nat.table;

import io.github.culvert.nat.config.AddressForward;
import java.util.List;

/**
 * Which hosts have a public address of their own: the inside host of an address forward (Basic NAT, RFC 3022
 * section 2.1), and the NAT's own machine, whose inside address is its public one. Not safe for use by several threads.
 */
final class FixedAddresses {
    private final PublicPool pool;
    /** By number of the public address: the inside address that alone has it, or 0. */
    private final int[] insideOf;
    /** Numbers of public addresses by inside address; open addressing, as in the pool. */
    private final long[] numbers;

    FixedAddresses(PublicPool pool, List<AddressForward> forwards) {
        this.pool = pool;
        this.insideOf = new int[pool.end()];
        this.numbers = new long[Integer.highestOneBit(forwards.size() + 1) << 2];
        forwards.forEach(this::add);
    }

    private void add(AddressForward forward) {
        int index = pool.indexOf(forward.outside().bits());
        int inside = forward.inside().bits();
        insideOf[index] = inside;
        int position = home(inside);
        while (numbers[position] != 0) {
            position = position + 1 & numbers.length - 1;
        }
        numbers[position] = (long) inside << 32 | index + 1;
    }

    private int home(int address) {
        return (address * 0x9e3779b9 >>> 16) & numbers.length - 1;
    }

    /** The number of the public address that a host has for itself, or -1 if it shares one. */
    int indexOf(int insideAddress) {
        int position = home(insideAddress);
        long entry = numbers[position];
        while (entry != 0 && (int) (entry >>> 32) != insideAddress) {
            position = position + 1 & numbers.length - 1;
            entry = numbers[position];
        }
        return entry != 0 ? (int) entry - 1 : pool.indexOf(insideAddress);
    }

    /** The inside address that alone has a public address, or 0 if that is shared. */
    int insideOf(int publicIndex) {
        return publicIndex < insideOf.length ? insideOf[publicIndex] : 0;
    }

    /** Whether an inside address is a public one: that of the machine that the NAT runs on. */
    boolean isOwn(int insideAddress) {
        return pool.indexOf(insideAddress) >= 0;
    }
}
