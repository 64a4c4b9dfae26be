package io.github.culvert.nat.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that never fails shows nothing: here each meets classes that break it on purpose. */
class RulesBiteTest {
    private static final String FIXTURE = RulesBiteTest.class.getPackageName() + ".fixture";

    private static final Map<List<String>, JavaClasses> IMPORTED = new ConcurrentHashMap<>();

    private static JavaClasses imported(List<String> packages) {
        return new ClassFileImporter()
                .importPackages(
                        packages.stream().map(name -> FIXTURE + "." + name).toList());
    }

    private static List<String> violations(ArchRule rule, String... packages) {
        JavaClasses classes = IMPORTED.computeIfAbsent(List.of(packages), RulesBiteTest::imported);
        return rule.evaluate(classes).getFailureReport().getDetails();
    }

    @Test
    void aDependencyThatPointsBackIsFound() {
        assertThat(violations(PackageOrder.of(FIXTURE, "engine", "wire").rule(), "engine", "wire"))
                .isNotEmpty()
                .allMatch(violation -> violation.contains("PointsBack"));
    }

    @Test
    void theOtherOrderFindsTheOtherDependency() {
        assertThat(violations(PackageOrder.of(FIXTURE, "wire", "engine").rule(), "engine", "wire"))
                .isNotEmpty()
                .noneMatch(violation -> violation.contains("PointsBack"))
                .allMatch(violation -> violation.contains("Top"));
    }

    @Test
    void aPackageWithoutAPlaceIsFound() {
        assertThat(violations(PackageOrder.of(FIXTURE, "engine", "wire").rule(), "odd"))
                .singleElement()
                .asString()
                .contains("Unplaced is in a package that has no place");
    }

    @Test
    void anAlgThatReachesTheEngineOrALibraryIsFound() {
        assertThat(violations(Dependencies.ofAlg(FIXTURE + ".alg"), "alg"))
                .anyMatch(violation -> violation.contains("NatEngine"))
                .anyMatch(violation -> violation.contains("Arbitraries"))
                .noneMatch(violation -> violation.contains("Endpoint"));
    }

    @Test
    void aLibraryInTheCoreIsFound() {
        assertThat(violations(Dependencies.ofCore(FIXTURE + ".alg"), "alg"))
                .anyMatch(violation -> violation.contains("Arbitraries"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nanos", "millis", "wallClock", "clock", "sleep", "random", "ofThread", "ofPlatform"})
    void hiddenInputIsFound(String method) {
        assertThat(violations(Purity.noHiddenInput(FIXTURE + ".purity"), "purity"))
                .anyMatch(violation -> violation.contains("Impure." + method + "("));
    }

    @Test
    void inputThatIsGivenIsNotHidden() {
        assertThat(violations(Purity.noHiddenInput(FIXTURE + ".purity"), "purity"))
                .noneMatch(violation -> violation.contains("Impure.given("));
    }

    @Test
    void aLookUpOfANameIsFound() {
        assertThat(violations(Purity.noNetwork(FIXTURE + ".purity"), "purity"))
                .isNotEmpty()
                .allMatch(violation -> violation.contains("Impure.name("));
    }
}
