/** What a session costs in memory, seen from outside. */
@NullMarked
package io.github.culvert.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
