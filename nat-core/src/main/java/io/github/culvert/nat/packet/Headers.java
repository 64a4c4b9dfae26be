package io.github.culvert.nat.packet;

import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.wire.Extent;
import io.github.culvert.nat.wire.HeaderCheck;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where {@link HeaderCheck} turns into values. */
final class Headers {
    private Headers() {}

    /** Parses a transport that is there whole. */
    static <T> Parsed<T> parse(Octets octets, int protocol, Function<Octets, ? extends T> view) {
        HeaderCheck check = new HeaderCheck();
        check.passesTransport(octets.window(), protocol, Extent.WHOLE);
        return result(check, octets, view);
    }

    /** For constructors: a transport that may be only the first part of its datagram. */
    static void require(Octets octets, int protocol) {
        HeaderCheck check = new HeaderCheck();
        check.passesTransport(octets.window(), protocol, Extent.FIRST_PART);
        require(check);
    }

    static void require(HeaderCheck check) {
        result(check, check, same -> same).orElseThrow();
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }

    static <S, T> Parsed<T> result(HeaderCheck check, S source, Function<S, ? extends T> view) {
        @Nullable Refusal reason = check.refusal();
        return reason == null
                ? new Parsed.Valid<>(view.apply(source))
                : new Parsed.Malformed<>(reason, check.layer(), check.offset(), check.needed(), check.had());
    }
}
