package io.github.culvert.nat.testkit.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Same input, same seed, same output: nothing reads a clock, makes up chance, waits, or talks to the network. */
public final class Purity {
    /** Methods and constructors that read a clock, make up chance or wait, as {@code class.method}. */
    private static final Set<String> HIDDEN = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep",
            "java.lang.Math.random",
            "java.util.Random.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of");

    private Purity() {}

    /**
     * No hidden clock, chance or wait. A secure random generator is none: it is the default of the one parameter that
     * chance comes through.
     *
     * @param root the package that holds the classes
     * @return the rule
     */
    public static ArchRule noHiddenInput(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .callCodeUnitWhere(reads())
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock");
    }

    /**
     * No sockets, no names to look up.
     *
     * @param root the package that holds the classes
     * @return the rule
     */
    public static ArchRule noNetwork(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.channels..", "javax.net.."));
    }

    private static DescribedPredicate<JavaCall<?>> reads() {
        return DescribedPredicate.describe("reads a clock, makes up chance or waits", call -> {
            String owner = call.getTargetOwner().getName();
            return HIDDEN.contains(owner + "." + call.getName())
                    || owner.startsWith("java.time.") && call.getName().equals("now");
        });
    }
}
