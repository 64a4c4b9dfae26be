/** The README's first command: recordings of real programs, replayed through the NAT. */
@NullMarked
package io.github.culvert.gateway.demo;

import org.jspecify.annotations.NullMarked;
