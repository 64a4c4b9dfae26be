/** What a NAT is told before it starts: immutable values, each with its defaults, validated all at once. */
@NullMarked
package io.github.culvert.nat.config;

import org.jspecify.annotations.NullMarked;
