/** The command line of the example gateway. */
@NullMarked
package io.github.culvert.gateway;

import org.jspecify.annotations.NullMarked;
