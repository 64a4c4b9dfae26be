package io.github.culvert.nat.testkit.conformance;

import io.github.culvert.nat.testkit.conformance.Evidence.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down which requirements the tests of a run showed: one file for each test class, in the directory that the
 * system property {@code culvert.evidence} names. Found by the JUnit Platform as a service; without the property, as in
 * an IDE, it does nothing. A run replaces what earlier runs of the same classes wrote, so a single class can be rerun.
 */
public final class EvidenceRecorder implements TestExecutionListener {
    /** How jqwik begins its reason for skipping a property that carries Jupiter's tag instead of jqwik's own. */
    private static final String MISTAGGED = "A @Property method must not have JUnit annotations";

    private final String directory;
    private final String run;
    private final Map<String, Map<Subject, Result>> classes = new ConcurrentHashMap<>();
    private TestPlan plan = null;

    /** Writes where the system properties of the build say. */
    public EvidenceRecorder() {
        this(System.getProperty("culvert.evidence", ""), System.getProperty("culvert.run", "other"));
    }

    EvidenceRecorder(String directory, String run) {
        this.directory = directory;
        this.run = run;
    }

    private record Subject(String id, String test) {}

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        recordAll(identifier, reason.startsWith(MISTAGGED) ? Result.FAILED : Result.SKIPPED);
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult outcome) {
        Result result = switch (outcome.getStatus()) {
            case SUCCESSFUL -> Result.PASSED;
            case ABORTED -> Result.SKIPPED;
            case FAILED -> Result.FAILED;
        };
        if (identifier.isTest()) {
            record(identifier, result);
        } else if (result != Result.PASSED) {
            recordAll(identifier, result);
        }
    }

    /** A container that is skipped or fails speaks for the tests in it, which may never start. */
    private void recordAll(TestIdentifier identifier, Result result) {
        record(identifier, result);
        plan.getDescendants(identifier).forEach(descendant -> record(descendant, result));
    }

    private void record(TestIdentifier identifier, Result result) {
        identifier
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .ifPresent(method -> record(method, tags(identifier, method), result));
    }

    private void record(MethodSource method, Set<String> tags, Result result) {
        var subjects = classes.computeIfAbsent(method.getClassName(), name -> new ConcurrentHashMap<>());
        String test = method.getClassName() + "." + method.getMethodName();
        tags.stream()
                .filter(Requirement::isId)
                .forEach(id -> subjects.merge(new Subject(id, test), result, Result::and));
    }

    /** Jupiter's annotation is read too, to see the ids of a property that jqwik skips because of it. */
    private static Set<String> tags(TestIdentifier identifier, MethodSource method) {
        Stream<String> annotated = Stream.of(method.getJavaMethod(), method.getJavaClass())
                .flatMap(element -> AnnotationSupport.findRepeatableAnnotations(element, Tag.class).stream())
                .map(Tag::value);
        return Stream.concat(identifier.getTags().stream().map(TestTag::getName), annotated)
                .collect(Collectors.toSet());
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        if (!directory.isEmpty()) {
            classes.forEach(this::write);
        }
    }

    private void write(String className, Map<Subject, Result> subjects) {
        Path file = Path.of(directory, className + "." + run + ".tsv");
        Set<String> lines = new TreeSet<>();
        subjects.forEach(
                (subject, result) -> lines.add(new Evidence(subject.id(), subject.test(), run, result).line()));
        try {
            if (lines.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.write(file, lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
