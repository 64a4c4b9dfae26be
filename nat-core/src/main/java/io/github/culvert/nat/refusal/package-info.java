/** Why a packet was not translated: one enum, one counter each. */
@NullMarked
package io.github.culvert.nat.refusal;

import org.jspecify.annotations.NullMarked;
