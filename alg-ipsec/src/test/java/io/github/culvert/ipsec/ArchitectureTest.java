package io.github.culvert.ipsec;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.culvert.nat.testkit.architecture.Dependencies;
import io.github.culvert.nat.testkit.architecture.Purity;
import org.junit.jupiter.api.Test;

/** The rules that the main classes of this module obey. */
class ArchitectureTest {
    private static final String ROOT = "io.github.culvert.ipsec";
    private static final JavaClasses CLASSES = Dependencies.mainClasses(ROOT);

    @Test
    void onlyValuesOfTheCoreAreUsed() {
        Dependencies.ofAlg(ROOT, "org.bouncycastle..").check(CLASSES);
    }

    @Test
    void nothingIsReadButWhatIsGiven() {
        Purity.noHiddenInput(ROOT).check(CLASSES);
    }

    @Test
    void nothingTalksToTheNetwork() {
        Purity.noNetwork(ROOT).check(CLASSES);
    }
}
