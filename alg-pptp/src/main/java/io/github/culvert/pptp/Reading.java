package io.github.culvert.pptp;

import io.github.culvert.pptp.PptpMessage.Owner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How a Call ID in a message is to be understood: whose it is, and how it is spelt. */
enum Reading {
    /** The PNS's. */
    PNS(Owner.PNS, Spelling.BIG_ENDIAN),
    /** The PAC's. */
    PAC(Owner.PAC, Spelling.BIG_ENDIAN),
    /** The PNS's, where RFC 2637 has the PAC's. */
    PNS_INSTEAD(PptpQuirk.DISCONNECT_WITH_PNS_ID, Spelling.BIG_ENDIAN),
    /** The same with its bytes swapped. */
    PNS_SWAPPED(PptpQuirk.DISCONNECT_WITH_SWAPPED_PNS_ID, Spelling.LITTLE_ENDIAN);

    private enum Spelling {
        BIG_ENDIAN,
        LITTLE_ENDIAN
    }

    private static final List<Reading> OF_PNS = List.of(PNS);
    private static final List<Reading> OF_PAC = List.of(PAC);

    private final Owner owner;
    private final Spelling spelling;
    private final Optional<PptpQuirk> quirk;

    Reading(Owner owner, Spelling spelling) {
        this.owner = owner;
        this.spelling = spelling;
        quirk = Optional.empty();
    }

    Reading(PptpQuirk quirk, Spelling spelling) {
        owner = Owner.PNS;
        this.spelling = spelling;
        this.quirk = Optional.of(quirk);
    }

    /** The readings of a field, the most likely one first. */
    static List<Reading> of(PptpMessage message, Owner owner, Set<PptpQuirk> understood) {
        if (message != PptpMessage.CALL_DISCONNECT_NOTIFY) {
            return owner == Owner.PNS ? OF_PNS : OF_PAC;
        }
        return Stream.of(PAC, PNS_INSTEAD, PNS_SWAPPED)
                .filter(reading -> reading.quirk.map(understood::contains).orElse(true))
                .toList();
    }

    Owner owner() {
        return owner;
    }

    /** What a peer does wrong whose message is read so. */
    Optional<PptpQuirk> quirk() {
        return quirk;
    }

    /** The two bytes that stand for a Call ID, first byte highest. */
    int spelt(int id) {
        return switch (spelling) {
            case BIG_ENDIAN -> id;
            case LITTLE_ENDIAN -> (id & 0xff) << 8 | id >>> 8;
        };
    }
}
