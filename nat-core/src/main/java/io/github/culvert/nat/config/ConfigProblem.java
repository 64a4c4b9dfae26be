package io.github.culvert.nat.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param setting the name of the setting
 * @param value its value, as text
 * @param allowed what would be allowed
 */
public record ConfigProblem(String setting, String value, String allowed) {
    @Override
    public String toString() {
        return setting + ": '" + value + "' is not allowed; " + allowed;
    }
}
