/** The settings of the NAT: options of the command line, and the configuration file behind them. */
@NullMarked
package io.github.culvert.gateway.options;

import org.jspecify.annotations.NullMarked;
