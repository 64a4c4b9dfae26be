/** What a replay found, for people and for machines. */
@NullMarked
package io.github.culvert.gateway.report;

import org.jspecify.annotations.NullMarked;
