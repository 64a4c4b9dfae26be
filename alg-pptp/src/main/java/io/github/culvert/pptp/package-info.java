/** PPTP passthrough: which control messages there are, and whose Call ID stands where in each (RFC 2637). */
@NullMarked
package io.github.culvert.pptp;

import org.jspecify.annotations.NullMarked;
