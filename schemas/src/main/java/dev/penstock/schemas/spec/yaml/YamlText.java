package dev.penstock.schemas.spec.yaml;

import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** YAML to nodes that know their line. */
final class YamlText {

  private YamlText() {}

  /** The top-level map, or empty with the problem added. */
  static Optional<YamlMap> parse(String file, String text, List<Problem> problems) {
    Node root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add(new Problem(file, line, "", "must be YAML, but " + e.getProblem()));
      return Optional.empty();
    } catch (YAMLException e) {
      problems.add(new Problem(file, 1, "", "must be YAML, but " + e.getMessage()));
      return Optional.empty();
    }
    if (!(root instanceof MappingNode mapping)) {
      problems.add(new Problem(file, 1, "", "must be a map with a key kind, got " + kind(root)));
      return Optional.empty();
    }
    return Optional.of(new YamlMap(file, mapping, "", problems));
  }

  static int line(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }

  static String kind(@Nullable Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().isEmpty() ? "nothing" : scalar.getValue();
    }
    if (node instanceof SequenceNode) {
      return "a list";
    }
    return node == null ? "nothing" : "a map";
  }

  static Set<String> duplicates(MappingNode mapping) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = kind(tuple.getKeyNode());
      if (!seen.add(key)) {
        twice.add(key);
      }
    }
    return twice;
  }
}
