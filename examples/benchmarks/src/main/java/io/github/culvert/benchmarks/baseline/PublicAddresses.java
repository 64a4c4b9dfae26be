package io.github.culvert.benchmarks.baseline;

import java.util.Arrays;

/** The public addresses, any list of them, and the number of each: a small hash, as a gateway needs one. */
final class PublicAddresses {
    private final int[] addresses;
    private final int[] numbers;
    private final int shift;

    PublicAddresses(int... addresses) {
        this.addresses = addresses.clone();
        int bits = 34 - Integer.numberOfLeadingZeros(addresses.length);
        shift = 32 - bits;
        numbers = new int[1 << bits];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < addresses.length; i++) {
            int position = (addresses[i] * 0x9e3779b9) >>> shift;
            while (numbers[position] >= 0) {
                position = position + 1 & numbers.length - 1;
            }
            numbers[position] = i;
        }
    }

    int number(int address) {
        int position = (address * 0x9e3779b9) >>> shift;
        int number = numbers[position];
        while (number >= 0 && addresses[number] != address) {
            position = position + 1 & numbers.length - 1;
            number = numbers[position];
        }
        return number;
    }

    int address(int number) {
        return addresses[number];
    }

    int count() {
        return addresses.length;
    }
}
