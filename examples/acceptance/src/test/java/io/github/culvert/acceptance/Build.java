package io.github.culvert.acceptance;

import java.nio.file.Path;

/** Where the build put things, as it tells its tests. */
final class Build {
    private Build() {}

    /** The version that is published. */
    static String version() {
        return property("culvert.version");
    }

    /** The root of the project. */
    static Path root() {
        return path("culvert.root");
    }

    /** The repository on disk that this build laid down. */
    static Path staging() {
        return path("culvert.staging");
    }

    /** The project of a stranger, to be copied before it is built. */
    static Path consumerProject() {
        return path("culvert.consumer.project");
    }

    /** Room for copies of it and for what Maven resolves. */
    static Path scratch() {
        return path("culvert.consumer.scratch");
    }

    /** The Maven that runs this build. */
    static Path mavenHome() {
        return path("culvert.maven.home");
    }

    /** What this build has resolved: the consumer's third-party artifacts come from here first. */
    static Path mavenRepository() {
        return path("culvert.maven.repository");
    }

    private static Path path(String key) {
        return Path.of(property(key)).toAbsolutePath().normalize();
    }

    private static String property(String key) {
        String value = System.getProperty(key, "");
        if (value.isEmpty()) {
            throw new IllegalStateException(
                    key + " is not set; run this test with mvn verify in the root of the project");
        }
        return value;
    }
}
