package dev.penstock.schemas.spec.training.model;

import static dev.penstock.schemas.spec.yaml.YamlTree.map;
import static dev.penstock.schemas.spec.yaml.YamlTree.unknown;

import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.Map;

/** Models as maps, in the form of their files. */
public final class ModelTree {

  private ModelTree() {}

  public static Map<String, Object> of(ModelSpec model) {
    if (model instanceof ModelSpec.Mlp mlp) {
      return map(
          "type", "mlp", "hidden", mlp.hidden(), "activation", YamlMap.kebab(mlp.activation()));
    }
    if (model instanceof ModelSpec.Cnn cnn) {
      return map("type", "cnn", "filters", cnn.filters(), "hidden", cnn.hidden());
    }
    if (model instanceof ModelSpec.Resnet resnet) {
      return map("type", "resnet", "depth", resnet.depth(), "width", resnet.width());
    }
    if (model instanceof ModelSpec.HashedText text) {
      return map(
          "type", "hashed-text",
          "ngrams", text.ngrams(),
          "max-ngrams", text.maxNgrams(),
          "buckets", text.buckets(),
          "embedding", text.embedding(),
          "hidden", text.hidden());
    }
    if (model instanceof ModelSpec.Dlrm dlrm) {
      return map(
          "type", "dlrm",
          "categorical", dlrm.categorical(),
          "buckets", dlrm.buckets(),
          "embedding", dlrm.embedding(),
          "bottom", dlrm.bottom(),
          "top", dlrm.top());
    }
    if (model instanceof ModelSpec.TorchScript script) {
      Map<String, Object> tree = map("type", "torchscript", "file", script.file().toString());
      script.sha256().ifPresent(digest -> tree.put("sha256", digest));
      return tree;
    }
    throw unknown(model);
  }
}
