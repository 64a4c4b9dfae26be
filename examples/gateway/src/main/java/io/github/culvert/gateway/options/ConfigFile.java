package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.ConfigProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads the configuration file: YAML, whose keys are the settings. Every problem is named with its line. */
final class ConfigFile {
    private final String name;
    private final Settings settings = new Settings();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<Setting> broken = EnumSet.noneOf(Setting.class);

    private ConfigFile(Path path) {
        name = String.valueOf(path.getFileName());
    }

    static ConfigFile read(Path path) {
        ConfigFile file = new ConfigFile(path);
        file.load(path);
        return file;
    }

    /** What could be read. */
    Settings settings() {
        return settings;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    /** The settings that are there, but in no form that could be read. */
    Set<Setting> broken() {
        return broken;
    }

    private void load(Path path) {
        try {
            parse(Files.readString(path));
        } catch (IOException e) {
            unreadable(new ConfigProblem("--config", path.toString(), "a file that can be read: " + why(e)));
        }
    }

    private void parse(String text) {
        try {
            LoadSettings yaml = LoadSettings.builder()
                    .setLabel(name)
                    .setAllowNonScalarKeys(true) // or they would be refused without their line
                    .build();
            ParserImpl parser = new ParserImpl(yaml, new StreamReader(yaml, text));
            new Composer(yaml, parser).getSingleNode().ifPresent(this::root);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0);
            String wrong = text.lines().skip(line).findFirst().orElse("the end");
            unreadable(new ConfigProblem(line(line), wrong.trim(), "YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            unreadable(new ConfigProblem(name, "the text", "YAML: " + e.getMessage()));
        }
    }

    /** Takes note that nothing can be said of any setting: it may stand in the part that was not understood. */
    private void unreadable(ConfigProblem problem) {
        problems.add(problem);
        broken.addAll(EnumSet.allOf(Setting.class));
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "this one does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "this one is not readable for this user";
        }
        return e instanceof CharacterCodingException ? "this one is not UTF-8 text" : String.valueOf(e.getMessage());
    }

    private void root(Node root) {
        if (root instanceof MappingNode mapping) {
            entries("", mapping);
        } else {
            problems.add(new ConfigProblem(line(root), kind(root), "settings, one a line, such as 'mtu: 1500'"));
        }
    }

    private void entries(String prefix, MappingNode mapping) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            Node keyNode = entry.getKeyNode();
            String key = prefix + (keyNode instanceof ScalarNode scalar ? scalar.getValue() : kind(keyNode));
            if (!seen.add(key)) {
                problems.add(new ConfigProblem(line(keyNode), key, "each key once"));
            } else {
                entry(key, keyNode, entry.getValueNode());
            }
        }
    }

    private void entry(String key, Node keyNode, Node value) {
        Optional<Setting> setting = Setting.ofKey(key);
        if (setting.isPresent()) {
            value(setting.get(), value);
        } else if (!ConfigKeys.isSection(key)) {
            problems.add(new ConfigProblem(line(keyNode), key, ConfigKeys.instead(key)));
        } else if (value instanceof MappingNode section) {
            entries(key + ".", section);
        } else {
            problems.add(new ConfigProblem(origin(key, value), kind(value), ConfigKeys.within(key)));
        }
    }

    private void value(Setting setting, Node value) {
        boolean many = setting.arity() == Setting.Arity.MANY;
        List<Given> given = new ArrayList<>();
        List<Node> nodes = many && value instanceof SequenceNode list ? list.getValue() : List.of(value);
        for (Node node : nodes) {
            if (node instanceof ScalarNode scalar) {
                texts(many, scalar).forEach(text -> given.add(new Given(origin(setting.key(), node), text)));
            } else {
                broken.add(setting);
                String allowed = many ? "one value or a list of values" : "one value";
                problems.add(new ConfigProblem(origin(setting.key(), node), kind(node), allowed));
            }
        }
        settings.put(setting, given);
    }

    private static List<String> texts(boolean many, ScalarNode scalar) {
        return many ? Settings.split(scalar.getValue()) : List.of(scalar.getValue());
    }

    private String origin(String key, Node node) {
        return key + " (" + line(node) + ")";
    }

    private String line(Node node) {
        return node.getStartMark().map(mark -> line(mark.getLine())).orElse(name);
    }

    private String line(int fromZero) {
        return "line " + (fromZero + 1) + " of " + name;
    }

    private static String kind(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }
}
