/** Packets to measure with, and the rings of buffers that carry them. */
@NullMarked
package io.github.culvert.benchmarks.traffic;

import org.jspecify.annotations.NullMarked;
