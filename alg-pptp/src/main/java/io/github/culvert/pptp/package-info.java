/**
 * PPTP passthrough (RFC 2637): {@link io.github.culvert.pptp.PptpAlg} is what an engine is given, {@link
 * io.github.culvert.pptp.PptpConfig} what it is told, {@link io.github.culvert.pptp.PptpMessage} which control messages
 * there are, and whose Call ID stands where in each.
 */
@NullMarked
package io.github.culvert.pptp;

import org.jspecify.annotations.NullMarked;
