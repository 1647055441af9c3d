package dev.penstock.schemas.spec.training.model;

import dev.penstock.schemas.spec.training.model.ModelSpec.Activation;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code training.model}. */
public final class ModelReader {

  private ModelReader() {}

  public static Optional<ModelSpec> read(YamlMap map) {
    return map.byType(
        Map.of(
            "mlp", ModelReader::mlp,
            "cnn", ModelReader::cnn,
            "resnet", ModelReader::resnet,
            "hashed-text", ModelReader::hashedText,
            "dlrm", ModelReader::dlrm,
            "torchscript", ModelReader::torchScript));
  }

  private static @Nullable ModelSpec mlp(YamlMap map) {
    List<Integer> hidden = map.integers("hidden").orElse(List.of());
    Activation activation = map.choice("activation", Activation.RELU, Activation.values());
    return map.build(() -> new ModelSpec.Mlp(hidden, activation));
  }

  private static @Nullable ModelSpec cnn(YamlMap map) {
    List<Integer> filters = map.integers("filters").orElse(List.of(16, 32));
    int hidden = map.smallInteger("hidden", 64);
    return map.build(() -> new ModelSpec.Cnn(filters, hidden));
  }

  private static @Nullable ModelSpec resnet(YamlMap map) {
    int depth = map.smallInteger("depth", 18);
    int width = map.smallInteger("width", 64);
    return map.build(() -> new ModelSpec.Resnet(depth, width));
  }

  private static @Nullable ModelSpec hashedText(YamlMap map) {
    int ngrams = map.smallInteger("ngrams", 2);
    int maxNgrams = map.smallInteger("max-ngrams", 64);
    int buckets = map.smallInteger("buckets", 1 << 15);
    int embedding = map.smallInteger("embedding", 32);
    List<Integer> hidden = map.integers("hidden").orElse(List.of());
    return map.build(() -> new ModelSpec.HashedText(ngrams, maxNgrams, buckets, embedding, hidden));
  }

  private static @Nullable ModelSpec dlrm(YamlMap map) {
    if (!map.has("categorical")) {
      map.problem("categorical", "must be given, such as categorical: [2, 3]");
    }
    List<Integer> categorical = map.integers("categorical").orElse(List.of());
    int buckets = map.smallInteger("buckets", 1000);
    int embedding = map.smallInteger("embedding", 16);
    List<Integer> bottom = map.integers("bottom").orElse(List.of(64));
    List<Integer> top = map.integers("top").orElse(List.of(64));
    return map.build(() -> new ModelSpec.Dlrm(categorical, buckets, embedding, bottom, top));
  }

  private static @Nullable ModelSpec torchScript(YamlMap map) {
    String file = map.requiredText("file", "file:///models/net.pt");
    Optional<String> sha256 = map.text("sha256");
    return map.build(() -> new ModelSpec.TorchScript(uri(file), sha256));
  }

  public static Optional<InitialSpec> initial(YamlMap map) {
    String file = map.requiredText("file", "file:///models/base.safetensors");
    String sha256 = map.requiredText("sha256", "what sha256sum prints of the file");
    return Optional.ofNullable(map.build(() -> new InitialSpec(uri(file), sha256)));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("file must be a URI, got " + text, e);
    }
  }
}
