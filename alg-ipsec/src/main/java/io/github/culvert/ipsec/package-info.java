/** IPSEC passthrough: the message table of the protocol. */
@NullMarked
package io.github.culvert.ipsec;

import org.jspecify.annotations.NullMarked;
