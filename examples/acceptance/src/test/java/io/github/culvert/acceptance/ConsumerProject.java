package io.github.culvert.acceptance;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of the stranger's project, built by a Maven of its own: no reactor, no settings of the user, a local
 * repository of its own.
 *
 * <p>What the outer build has resolved serves as the first remote repository, so that nothing is fetched twice and the
 * test runs without a network where the build does. Our own artifacts come from the staging repository alone: nothing
 * else offers snapshots, and the user's local repository is never written.
 */
final class ConsumerProject {
    private final Path directory;

    private ConsumerProject(Path directory) {
        this.directory = directory;
    }

    /** Makes a fresh copy. */
    static ConsumerProject copyTo(String name) throws IOException {
        Path directory = Build.scratch().resolve(name);
        delete(directory);
        copy(Build.consumerProject(), directory);
        // Without a .mvn of its own Maven would take the options of the project around it.
        Files.createDirectories(directory.resolve(".mvn"));
        Files.writeString(directory.resolve("settings.xml"), settings());
        return new ConsumerProject(directory);
    }

    ConsumerProject without(String file) throws IOException {
        Files.delete(directory.resolve(file));
        return this;
    }

    /** Runs Maven and returns what it printed; fails with that if Maven fails. */
    String maven(String... goals) throws IOException, InterruptedException {
        Path log = directory.resolve("maven.log");
        List<String> command = Stream.concat(
                        Stream.of(
                                Build.mavenHome().resolve("bin/mvn").toString(),
                                "-B",
                                "-s",
                                "settings.xml",
                                "-Dmaven.repo.local=" + Build.scratch().resolve("repository"),
                                "-Dculvert.version=" + Build.version()),
                        Stream.of(goals))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectOutput(log.toFile()).start();
        if (!process.waitFor(10, MINUTES)) {
            process.destroyForcibly();
        }
        String printed = Files.readString(log);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + printed);
        }
        return printed;
    }

    private static String settings() {
        return """
                <settings>
                  <profiles><profile><id>test</id>
                    <repositories>%1$s%2$s</repositories>
                    <pluginRepositories>%3$s</pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>test</activeProfile></activeProfiles>
                </settings>
                """.formatted(
                        repository("repository", "staging", Build.staging(), true),
                        repository("repository", "resolved", Build.mavenRepository(), false),
                        repository("pluginRepository", "resolved", Build.mavenRepository(), false));
    }

    private static String repository(String element, String id, Path path, boolean snapshots) {
        return """
                <%1$s><id>%2$s</id><url>%3$s</url>
                  <releases><checksumPolicy>ignore</checksumPolicy></releases>
                  <snapshots><enabled>%4$s</enabled><updatePolicy>always</updatePolicy></snapshots>
                </%1$s>
                """.formatted(element, id, path.toUri(), snapshots);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    static void delete(Path directory) throws IOException {
        Files.createDirectories(directory.getParent());
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
