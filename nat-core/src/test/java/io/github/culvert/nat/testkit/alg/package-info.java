/** Small ALGs, which show that the contract holds before any real one stands on it. */
@NullMarked
package io.github.culvert.nat.testkit.alg;

import org.jspecify.annotations.NullMarked;
