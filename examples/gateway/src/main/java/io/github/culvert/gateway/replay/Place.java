package io.github.culvert.gateway.replay;

/** Where in a packet an endpoint stands. */
enum Place {
    SOURCE,
    DESTINATION;

    int addressAt(int header) {
        return header + 12 + 4 * ordinal();
    }

    int portAt(int transport) {
        return transport + 2 * ordinal();
    }

    Place other() {
        return this == SOURCE ? DESTINATION : SOURCE;
    }
}
