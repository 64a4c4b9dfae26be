package io.github.culvert.nat.table;

/**
 * By which packets an identifier leads to a session of a protocol without ports: who is named in them, and whose
 * identifier they carry, which in these protocols is always that of the receiver.
 */
public enum Role {
    /** Packets that come in: the public address, and the identifier that stands for the inside host outside. */
    IN,
    /** Packets that go out: the inside address, and the identifier of the remote host. */
    OUT,
    /** Packets that came in, as the inside host saw them: its address, and its own identifier. */
    NEAR,
    /** Packets that went out, as they were seen outside: the public address, and the identifier of the remote host. */
    FAR;

    /** The number in a key; 0 is for protocols without identifiers. */
    int number() {
        return ordinal() + 1;
    }

    /** Whether only packets that are quoted are looked up so, which may fit several sessions. */
    boolean isQuoted() {
        return this == NEAR || this == FAR;
    }
}
