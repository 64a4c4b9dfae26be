/** The words of RFC 4787 as values: addresses, endpoints, mappings, sessions, and the configuration of a NAT. */
@NullMarked
package io.github.culvert.nat.mapping;

import org.jspecify.annotations.NullMarked;
