/** The facade: translate packets, advance time, look into the NAT table. */
@NullMarked
package io.github.culvert.nat.engine;

import org.jspecify.annotations.NullMarked;
