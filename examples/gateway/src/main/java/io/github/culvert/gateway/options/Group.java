package io.github.culvert.gateway.options;

import java.util.List;

/**
 * Entries that the help shows together.
 *
 * @param heading stands above them
 * @param entries the entries
 */
record Group(String heading, List<Entry> entries) {
    static Group of(String heading, Entry... entries) {
        return new Group(heading, List.of(entries));
    }
}
