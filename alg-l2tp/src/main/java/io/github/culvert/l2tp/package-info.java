/** L2TP passthrough: the message table of the protocol. */
@NullMarked
package io.github.culvert.l2tp;

import org.jspecify.annotations.NullMarked;
