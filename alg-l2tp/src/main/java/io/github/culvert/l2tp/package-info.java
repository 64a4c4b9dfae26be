/** L2TP passthrough: which control messages there are, and whose identifiers each carries (RFC 2661). */
@NullMarked
package io.github.culvert.l2tp;

import org.jspecify.annotations.NullMarked;
