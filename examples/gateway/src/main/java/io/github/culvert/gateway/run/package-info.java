/** The command {@code run}: forwards between two TUN devices through the NAT. */
@NullMarked
package io.github.culvert.gateway.run;

import org.jspecify.annotations.NullMarked;
