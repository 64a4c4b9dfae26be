package io.github.culvert.gateway.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "natlan", "tun-0.1_x", "fifteen-bytes-x", "äöü"})
    void whatTheKernelTakes(String name) {
        assertThat(TunNames.check(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "a/b", "a:b", "tun%d", "a\tb", "sixteen-bytes-xx", "äöüäöüäö"})
    void whatItDoesNot(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TunNames.check(name))
                .withMessage(TunNames.ALLOWED);
    }
}
