package io.github.culvert.nat.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration was refused. Carries every problem at once, so that a user mends them in one go. */
public final class InvalidConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The problems; a transient copy would be lost, and the list is serializable. */
    private final transient List<ConfigProblem> problems;

    /**
     * Creates the exception.
     *
     * @param problems what is wrong, not empty
     */
    public InvalidConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong.
     *
     * @return the problems, in the order of the settings
     */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
