package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Notice;
import io.github.culvert.nat.alg.Scope;

/** Is told what ALGs report. */
public interface Notices {
    /**
     * An ALG reports something.
     *
     * @param alg its name
     * @param scope what it is about
     * @param notice what it is
     */
    void report(String alg, Scope scope, Notice notice);

    /** The same for a scope that is followed. */
    default void report(Followed followed, Notice notice) {
        report(followed.service.alg.name(), followed.scope(), notice);
    }
}
