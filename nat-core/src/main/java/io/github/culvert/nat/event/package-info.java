/** What listeners are told about mappings, sessions and limits. */
@NullMarked
package io.github.culvert.nat.event;

import org.jspecify.annotations.NullMarked;
