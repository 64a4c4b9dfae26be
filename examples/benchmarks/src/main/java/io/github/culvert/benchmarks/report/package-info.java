/** Runs the benchmarks and compares their results with the targets. */
@NullMarked
package io.github.culvert.benchmarks.report;

import org.jspecify.annotations.NullMarked;
