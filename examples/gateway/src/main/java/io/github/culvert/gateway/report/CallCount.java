package io.github.culvert.gateway.report;

/**
 * A PPTP call of an inside host, as its packets on both sides of the NAT show it.
 *
 * @param inside the inside host and its Call ID
 * @param outside the public address and the Call ID that stand for them
 * @param remote the remote host and its Call ID, if it answered
 * @param outbound GRE packets of the inside host that came out as recorded
 * @param inbound GRE packets to it that did
 */
public record CallCount(String inside, String outside, String remote, long outbound, long inbound) {}
