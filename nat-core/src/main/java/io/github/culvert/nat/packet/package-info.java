/** Immutable packets: parsing, reading, building. */
@NullMarked
package io.github.culvert.nat.packet;

import org.jspecify.annotations.NullMarked;
