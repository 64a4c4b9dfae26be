package io.github.culvert.l2tp;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.culvert.nat.testkit.architecture.Dependencies;
import io.github.culvert.nat.testkit.architecture.Purity;
import org.junit.jupiter.api.Test;

/** The rules that the main classes of this module obey. */
class ArchitectureTest {
    private static final String ROOT = "io.github.culvert.l2tp";
    private static final JavaClasses CLASSES = Dependencies.mainClasses(ROOT);

    @Test
    void onlyValuesOfTheCoreAreUsed() {
        Dependencies.ofAlg(ROOT).check(CLASSES);
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
