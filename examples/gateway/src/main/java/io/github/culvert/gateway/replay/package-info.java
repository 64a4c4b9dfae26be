/**
 * Recorded traffic through the NAT: what hosts sent goes through the engine, what they were answered comes back the
 * way the real far end would have sent it, and what comes out is compared with the recording.
 *
 * <p>Nothing here trusts the engine: addresses, identifiers and checksums are worked out again from the packets alone,
 * by code that shares nothing with the library.
 */
@NullMarked
package io.github.culvert.gateway.replay;

import org.jspecify.annotations.NullMarked;
