/**
 * Capture files: reading pcap and pcapng, finding the IPv4 packet behind the link layer, writing pcap and pcapng.
 *
 * <p>Nothing here loads a whole file, and nothing here throws because of what stands in a file after its valid start.
 */
@NullMarked
package io.github.culvert.gateway.capture;

import org.jspecify.annotations.NullMarked;
