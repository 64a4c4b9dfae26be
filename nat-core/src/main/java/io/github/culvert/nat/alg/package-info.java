/**
 * The contract between the engine and the ALGs, which know the protocols that need help: an {@link
 * io.github.culvert.nat.alg.Alg} says what it reads, a {@link io.github.culvert.nat.alg.Demux} finds the identifier in
 * packets that carry no ports, and a {@link io.github.culvert.nat.alg.Tracker} follows one control channel, or one pair
 * of hosts, and answers with {@link io.github.culvert.nat.alg.Action} values. No ALG touches a table or writes a byte.
 *
 * <p>Experimental: it may change until PPTP, L2TP and IPsec all stand on it.
 */
@NullMarked
package io.github.culvert.nat.alg;

import org.jspecify.annotations.NullMarked;
