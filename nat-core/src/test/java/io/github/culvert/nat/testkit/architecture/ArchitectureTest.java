package io.github.culvert.nat.testkit.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** The rules that the main classes of nat-core obey. */
class ArchitectureTest {
    private static final String ROOT = "io.github.culvert.nat";
    private static final JavaClasses CLASSES = Dependencies.mainClasses(ROOT);

    @Test
    void packagesStandInATotalOrder() {
        PackageOrder.of(
                        ROOT,
                        "engine",
                        "flow",
                        "channel",
                        "answer",
                        "fragment",
                        "verdict",
                        "table",
                        "event",
                        "config",
                        "alg",
                        "audit",
                        "mapping",
                        "packet",
                        "wire",
                        "refusal")
                .rule()
                .check(CLASSES);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheNamedLibrariesAreUsed() {
        Dependencies.ofCore(ROOT).check(CLASSES);
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
