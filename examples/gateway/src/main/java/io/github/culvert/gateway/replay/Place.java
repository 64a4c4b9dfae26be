package io.github.culvert.gateway.replay;

/** Where in a packet an endpoint stands. */
enum Place {
    SOURCE(12, 0),
    DESTINATION(16, 2);

    private final int address;
    private final int port;

    Place(int address, int port) {
        this.address = address;
        this.port = port;
    }

    int addressAt(int header) {
        return header + address;
    }

    int portAt(int transport) {
        return transport + port;
    }

    Place other() {
        return this == SOURCE ? DESTINATION : SOURCE;
    }
}
