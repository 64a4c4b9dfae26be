/** Fragments: held until their datagram is complete, and made where a packet is too large for a link. Internal. */
@NullMarked
package io.github.culvert.nat.fragment;

import org.jspecify.annotations.NullMarked;
