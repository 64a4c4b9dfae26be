/** The flat memory of the NAT: records, indexes, identifiers, timers. Internal. */
@NullMarked
package io.github.culvert.nat.table;

import org.jspecify.annotations.NullMarked;
