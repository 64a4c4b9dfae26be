/** What is timed: one way to do the work, in turn with the others. */
@NullMarked
package io.github.culvert.benchmarks.leg;

import org.jspecify.annotations.NullMarked;
