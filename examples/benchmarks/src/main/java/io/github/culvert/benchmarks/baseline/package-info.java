/** The baseline: a NAT by hand that does only what cannot be left out. */
@NullMarked
package io.github.culvert.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
