/** What becomes of packets: the decision about one as a number, and those that leave besides. */
@NullMarked
package io.github.culvert.nat.verdict;

import org.jspecify.annotations.NullMarked;
