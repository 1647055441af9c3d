package dev.penstock.schemas.spec.storage;

import static dev.penstock.schemas.spec.yaml.YamlTree.map;
import static dev.penstock.schemas.spec.yaml.YamlTree.unknown;

import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.Map;

/** Ways to store models as maps, in the form of their files. */
public final class ModelStorageTree {

  private ModelStorageTree() {}

  public static Map<String, Object> of(ModelStorageSpec storage) {
    Map<String, Object> tree;
    if (storage instanceof ModelStorageSpec.Delta delta) {
      tree =
          map(
              "type", "delta",
              "operator", YamlMap.kebab(delta.operator()),
              "base", YamlMap.kebab(delta.base()),
              "full-model-interval", delta.fullModelInterval());
    } else if (storage instanceof ModelStorageSpec.Full) {
      tree = map("type", "full");
    } else {
      throw unknown(storage);
    }
    tree.put("zstd-level", storage.zstdLevel());
    tree.put("byte-shuffle", storage.byteShuffle());
    return tree;
  }
}
