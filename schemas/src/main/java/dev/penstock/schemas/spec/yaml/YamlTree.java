package dev.penstock.schemas.spec.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds maps that are written as YAML or JSON, keys in the order given. */
public final class YamlTree {

  private YamlTree() {}

  public static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tree.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return tree;
  }

  public static IllegalArgumentException unknown(Object spec) {
    return new IllegalArgumentException("No text form of " + spec);
  }
}
