package io.github.culvert.nat.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** The rules that the main classes of every ALG module obey; its own test says which module it is. */
public interface AlgArchitecture {
    /**
     * The module.
     *
     * @return the package that holds its classes
     */
    String root();

    /**
     * What the module uses beside nat-core.
     *
     * @return packages of libraries; none unless overridden
     */
    default String[] libraries() {
        return new String[0];
    }

    /** Neither the engine nor the table, nor another ALG. */
    @Test
    default void onlyValuesOfTheCoreAreUsed() {
        Dependencies.ofAlg(root(), libraries()).check(classes());
    }

    /** Clocks, chance and files are parameters. */
    @Test
    default void nothingIsReadButWhatIsGiven() {
        Purity.noHiddenInput(root()).check(classes());
    }

    /** Packets come from the caller. */
    @Test
    default void nothingTalksToTheNetwork() {
        Purity.noNetwork(root()).check(classes());
    }

    private JavaClasses classes() {
        return Dependencies.mainClasses(root());
    }
}
