package io.github.culvert.nat.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Which libraries and packages a module may use. */
public final class Dependencies {
    private static final String CORE = "io.github.culvert.nat";

    private Dependencies() {}

    /**
     * The main classes of a module.
     *
     * @param root the package that holds them
     * @return all classes below it, tests left out
     */
    public static JavaClasses mainClasses(String root) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(root);
    }

    /**
     * What nat-core may use beside itself: the JDK, Netty's buffers and what those stand on, SLF4J, JSpecify.
     *
     * @param root the package that holds the classes
     * @return the rule
     */
    public static ArchRule ofCore(String root) {
        return onlyPackages(root, "java..", "io.netty.buffer..", "io.netty.util..", "org.slf4j..", "org.jspecify..");
    }

    /**
     * What an ALG may use beside itself and the libraries it names: of nat-core the values only, never the engine, the
     * table or another ALG.
     *
     * @param root the package that holds the classes
     * @param libraries further packages, such as those of a cryptography library
     * @return the rule
     */
    public static ArchRule ofAlg(String root, String... libraries) {
        Stream<String> always = Stream.of(
                "java..",
                "io.netty.buffer..",
                "org.slf4j..",
                "org.jspecify..",
                CORE + ".alg..",
                CORE + ".audit..",
                CORE + ".refusal..",
                CORE + ".wire..",
                CORE + ".packet..",
                CORE + ".mapping..");
        return onlyPackages(root, Stream.concat(always, Stream.of(libraries)).toArray(String[]::new));
    }

    private static ArchRule onlyPackages(String root, String... others) {
        String[] allowed =
                Stream.concat(Stream.of(root + ".."), Stream.of(others)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
