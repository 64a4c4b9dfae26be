package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.ConfigProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
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

    private ConfigFile(Path path) {
        name = String.valueOf(path.getFileName());
    }

    /** What the file says, with the problems of what could not be understood. */
    static Settings read(Path path) {
        ConfigFile file = new ConfigFile(path);
        file.load(path);
        return file.settings;
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
        settings.problem(problem);
        Catalogue.settings().forEach(settings::broken);
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
            entries(mapping, this::entry);
        } else {
            settings.problem(new ConfigProblem(line(root), kind(root), "settings, one a line, such as 'mtu: 1500'"));
        }
    }

    private void entries(MappingNode mapping, BiConsumer<Node, Node> each) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            Node key = entry.getKeyNode();
            if (seen.add(kind(key))) {
                each.accept(key, entry.getValueNode());
            } else {
                settings.problem(new ConfigProblem(line(key), kind(key), "each key once"));
            }
        }
    }

    private void entry(Node keyNode, Node value) {
        String key = kind(keyNode);
        Optional<Section> section = Catalogue.section(key);
        Optional<Setting<?>> setting = Catalogue.ofKey(key);
        if (section.isPresent()) {
            section(section.get(), value);
        } else if (setting.isPresent()) {
            value(setting.get(), setting.get().key(), value);
        } else {
            settings.problem(new ConfigProblem(line(keyNode), key, ConfigKeys.instead(key)));
        }
    }

    private void section(Section section, Node value) {
        if (value instanceof MappingNode mapping) {
            entries(mapping, (key, inner) -> within(section, key, inner));
        } else if (section.kind() == Section.Kind.ALIKE && value instanceof ScalarNode) {
            section.settings().forEach(setting -> value(setting, section.key(), value));
        } else {
            String origin = origin(section.key(), value);
            settings.problem(new ConfigProblem(origin, kind(value), ConfigKeys.within(section)));
        }
    }

    private void within(Section section, Node keyNode, Node value) {
        String name = kind(keyNode);
        Optional<Setting<?>> setting = section.setting(name);
        if (setting.isPresent()) {
            value(setting.get(), setting.get().key(), value);
        } else {
            String origin = origin(section.key(), keyNode);
            settings.problem(new ConfigProblem(origin, name, ConfigKeys.instead(section, name)));
        }
    }

    private void value(Setting<?> setting, String key, Node value) {
        boolean many = setting.arity() == Setting.Arity.MANY;
        List<Given> given = new ArrayList<>();
        List<Node> nodes = many && value instanceof SequenceNode list ? list.getValue() : List.of(value);
        for (Node node : nodes) {
            if (node instanceof ScalarNode scalar) {
                texts(many, scalar).forEach(text -> given.add(new Given(origin(key, node), text)));
            } else {
                settings.broken(setting);
                String allowed = many ? "one value or a list of values" : "one value";
                settings.problem(new ConfigProblem(origin(key, node), kind(node), allowed));
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
