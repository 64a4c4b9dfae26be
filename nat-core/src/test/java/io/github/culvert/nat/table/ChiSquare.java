package io.github.culvert.nat.table;

import java.util.function.IntPredicate;

/** How far a count of draws is from uniform. */
final class ChiSquare {
    private ChiSquare() {}

    /** The statistic over the numbers that may be drawn; infinite if another one was. */
    static double ofUniform(int[] drawn, IntPredicate possible) {
        long draws = 0;
        int cells = 0;
        for (int number = 0; number < drawn.length; number++) {
            draws += drawn[number];
            cells += possible.test(number) ? 1 : 0;
        }
        double expected = (double) draws / cells;
        double sum = 0;
        for (int number = 0; number < drawn.length; number++) {
            if (possible.test(number)) {
                sum += (drawn[number] - expected) * (drawn[number] - expected) / expected;
            } else if (drawn[number] != 0) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return sum;
    }

    /** The value that the statistic stays below with the chance of a normal deviate (Wilson and Hilferty). */
    static double quantile(int degrees, double deviate) {
        double term = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - term + deviate * Math.sqrt(term), 3);
    }
}
