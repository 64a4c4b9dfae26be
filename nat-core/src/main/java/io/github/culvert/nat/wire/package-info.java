/** Where every field stands, and the arithmetic of the Internet checksum. Static functions; no state. */
@NullMarked
package io.github.culvert.nat.wire;

import org.jspecify.annotations.NullMarked;
