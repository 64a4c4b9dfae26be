package io.github.culvert.nat.fragment;

import org.jspecify.annotations.Nullable;

/** What the fragments of one source on one side take. */
final class Account {
    final int source;
    final int direction;
    int bytes;

    @Nullable
    Account chain;

    Account(int source, int direction) {
        this.source = source;
        this.direction = direction;
    }
}
