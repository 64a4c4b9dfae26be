/** What the owner of a network should know of the VPNs in it, as values (the shape; reports come later). */
@NullMarked
package io.github.culvert.nat.audit;

import org.jspecify.annotations.NullMarked;
