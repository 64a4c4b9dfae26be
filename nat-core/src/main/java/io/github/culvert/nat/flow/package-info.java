/** What happens to one packet: lookup, rewrite, and the slow path of the first packet of a flow. Internal. */
@NullMarked
package io.github.culvert.nat.flow;

import org.jspecify.annotations.NullMarked;
