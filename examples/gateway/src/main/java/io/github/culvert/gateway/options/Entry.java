package io.github.culvert.gateway.options;

import java.util.List;

/** What stands at the top of the configuration file and is an option of the command line: a setting, or a section. */
sealed interface Entry permits Setting, Section {
    /** The key in the file; the option is the same behind two hyphens. */
    String key();

    /** What stands for the value in the help. */
    String label();

    /** What the help says, with the defaults. */
    List<String> description();

    /** The settings: one, or those of the section. */
    List<Setting<?>> settings();

    /** The option of the command line. */
    default String option() {
        return "--" + key();
    }
}
