package dev.penstock.schemas.spec;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** Finds the line of a key again, for mistakes that are found after reading. */
final class KeyLines {

  private KeyLines() {}

  /** Line of the deepest key of {@code path} that the file has, from 1; 1 if it has none of it. */
  static int of(Path file, String path) {
    Node node;
    try {
      String text = Files.readString(file);
      node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (IOException | YAMLException e) {
      // The file was read a moment ago; if it is gone now, its first line is as good as any.
      return 1;
    }
    int line = 1;
    for (String key : path.split("\\.", -1)) {
      if (!(node instanceof MappingNode mapping)) {
        return line;
      }
      node = null;
      for (NodeTuple tuple : mapping.getValue()) {
        if (YamlText.kind(tuple.getKeyNode()).equals(key)) {
          line = YamlText.line(tuple.getKeyNode());
          node = tuple.getValueNode();
        }
      }
    }
    return line;
  }
}
