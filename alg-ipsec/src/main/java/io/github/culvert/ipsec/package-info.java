/** IPsec passthrough: the header of IKE and its exchanges, of version 1 and 2 (RFC 2408, RFC 2409, RFC 7296). */
@NullMarked
package io.github.culvert.ipsec;

import org.jspecify.annotations.NullMarked;
