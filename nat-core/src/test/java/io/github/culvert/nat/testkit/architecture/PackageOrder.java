package io.github.culvert.nat.testkit.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;

/** The packages below a root stand in a total order: each uses itself and those that come after it. */
public final class PackageOrder {
    private final String root;
    private final List<String> names;

    private PackageOrder(String root, List<String> names) {
        this.root = root;
        this.names = names;
    }

    /**
     * An order.
     *
     * @param root the package that holds the ordered ones
     * @param names their names, users before what they use; a package that is not named is a violation
     * @return the order
     */
    public static PackageOrder of(String root, String... names) {
        return new PackageOrder(root, List.of(names));
    }

    /**
     * The rule.
     *
     * @return what every class below the root must obey
     */
    public ArchRule rule() {
        return classes().that().resideInAPackage(root + "..").should(useOnlyWhatComesAfter());
    }

    private ArchCondition<JavaClass> useOnlyWhatComesAfter() {
        return new ArchCondition<>("use only packages after their own in " + names) {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                if (rank(user) < 0) {
                    events.add(violated(user, user.getName() + " is in a package that has no place in " + names));
                }
                user.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> pointsBack(dependency))
                        .forEach(dependency -> events.add(violated(dependency, dependency.getDescription())));
            }
        };
    }

    private boolean pointsBack(Dependency dependency) {
        JavaClass used = dependency.getTargetClass();
        return used.getPackageName().startsWith(root + ".") && rank(used) < rank(dependency.getOriginClass());
    }

    private int rank(JavaClass type) {
        String below = type.getPackageName().substring(root.length());
        return below.isEmpty() ? -1 : names.indexOf(below.substring(1).split("\\.", 2)[0]);
    }
}
