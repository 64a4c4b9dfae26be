/** What a packet and a session cost, beside a baseline in the same run. */
@NullMarked
package io.github.culvert.benchmarks;

import org.jspecify.annotations.NullMarked;
