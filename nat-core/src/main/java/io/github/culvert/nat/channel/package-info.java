/** Follows control channels for the ALGs, and carries out what they want done. */
@NullMarked
package io.github.culvert.nat.channel;

import org.jspecify.annotations.NullMarked;
