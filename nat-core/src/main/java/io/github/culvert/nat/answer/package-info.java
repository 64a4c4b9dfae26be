/** What the NAT itself says: its ICMP messages about packets that it does not forward. Internal. */
@NullMarked
package io.github.culvert.nat.answer;

import org.jspecify.annotations.NullMarked;
