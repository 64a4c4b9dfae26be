/** PPTP passthrough: the message table of the protocol. */
@NullMarked
package io.github.culvert.pptp;

import org.jspecify.annotations.NullMarked;
