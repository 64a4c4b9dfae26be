package io.github.culvert.nat.conformance;

import java.util.List;

/** Whether draws look as if they were made by chance. */
final class Uniform {
    private Uniform() {}

    /** Whether what was drawn fits equal chances of all from first to last but one, at the quantiles of 0.9999. */
    static boolean isFrom(int[] drawn, int first, int last, int without) {
        int cells = last - first;
        long draws = 0;
        for (int number = 0; number < drawn.length; number++) {
            boolean possible = number >= first && number <= last && number != without;
            if (!possible && drawn[number] != 0) {
                return false;
            }
            draws += drawn[number];
        }
        double expected = (double) draws / cells;
        double sum = 0;
        for (int number = first; number <= last; number++) {
            double off = drawn[number] - expected;
            sum += number == without ? 0 : off * off / expected;
        }
        // a chi-square of so many degrees is normal with variance 2
        return Math.abs(sum - (cells - 1)) < 3.72 * Math.sqrt(2.0 * (cells - 1));
    }

    /** How much each number says about the next: 0 nothing, 1 or -1 all. */
    static double serialCorrelation(List<Integer> numbers) {
        double mean = numbers.stream().mapToInt(Integer::intValue).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < numbers.size(); i++) {
            double off = numbers.get(i) - mean;
            variance += off * off;
            covariance += i == 0 ? 0 : off * (numbers.get(i - 1) - mean);
        }
        return covariance / variance;
    }
}
