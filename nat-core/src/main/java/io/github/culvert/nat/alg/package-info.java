/**
 * The contract between the engine and the ALGs, which know the protocols that need help: an {@link
 * io.github.culvert.nat.alg.Alg} says what it reads, a {@link io.github.culvert.nat.alg.Demux} finds the identifier in
 * packets that carry no ports, and a {@link io.github.culvert.nat.alg.Tracker} follows one control channel, or one pair
 * of hosts, and answers with {@link io.github.culvert.nat.alg.Action} values. No ALG touches a table or writes a byte.
 *
 * <p>There are three ways in which the packets of several inside hosts are told apart:
 *
 * <ul>
 *   <li>A control channel says the identifiers of both sides: its tracker binds and learns them before the first packet
 *       of the protocol without ports comes, and one without a session is refused.
 *   <li>Inside hosts share a public UDP port ({@link io.github.culvert.nat.alg.Control.Form#SHARED}), and an identifier in
 *       the payload, which the tracker of a channel has bound, leads back to its host.
 *   <li>Nobody says by which identifier the answers come: a tracker of a {@link io.github.culvert.nat.alg.Scope.Pair} lets
 *       a host's packets out, infers whose the unknown identifiers are that come in, and takes a wrong guess back.
 * </ul>
 *
 * <p>Experimental: it may change until PPTP, L2TP and IPsec all stand on it.
 */
@NullMarked
package io.github.culvert.nat.alg;

import org.jspecify.annotations.NullMarked;
