package dev.penstock.schemas.spec.dataset;

import dev.penstock.schemas.spec.check.Names;
import dev.penstock.schemas.spec.dataset.SourceSpec.FormatSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code kind: dataset}. */
public final class DatasetReader {

  private static final int MAX_TEXT_BYTES = 65_536;

  private DatasetReader() {}

  public static @Nullable DatasetDeclaration read(YamlMap map, Path directory) {
    map.text("kind");
    String name = map.requiredText("name", "my-dataset");
    String topic = map.text("topic").orElse(name + "-samples");
    Optional<YamlMap> payloadMap = map.map("payload");
    Optional<PayloadSpec> payload = payloadMap.flatMap(DatasetReader::payload);
    Optional<YamlMap> labelMap = map.map("label");
    Optional<LabelSpec> label = labelMap.flatMap(LabelReader::read);
    Optional<ContractSpec> contract = map.map("contract").flatMap(DatasetReader::contract);
    Optional<SourceSpec> source = map.map("source").flatMap(SourceReader::read);
    boolean hasSource = map.has("source");
    boolean isNone = label.isPresent() && label.get() instanceof LabelSpec.None;
    source.ifPresent(read -> checkLabelled(map, isNone, read.format()));
    if (!hasSource && !map.has("payload")) {
      map.problem(
          "payload",
          "must be given, such as payload: {type: tensor, dtype: float32, shape: [8]}, or a source"
              + " to infer it from");
    }
    if (!hasSource && !map.has("label")) {
      map.problem(
          "label",
          "must be given, such as label: {type: classes, names: [no, yes]}, or a source to infer it"
              + " from");
    }
    return map.build(
        () -> {
          Names.check("name", name);
          return new DatasetDeclaration(
              name,
              topic,
              payload,
              label,
              contract.orElse(new ContractSpec(Optional.empty(), Optional.empty())),
              source,
              directory);
        });
  }

  private static Optional<PayloadSpec> payload(YamlMap map) {
    return map.byType(Map.of("tensor", DatasetReader::tensor, "text", DatasetReader::text));
  }

  private static @Nullable PayloadSpec tensor(YamlMap map) {
    PayloadSpec.Dtype dtype =
        map.choice("dtype", PayloadSpec.Dtype.FLOAT32, PayloadSpec.Dtype.values());
    Optional<List<Integer>> shape = map.integers("shape");
    if (!map.has("shape")) {
      map.problem("shape", "must be given, such as shape: [8]");
    }
    return map.build(() -> new PayloadSpec.Tensor(dtype, shape.orElseThrow()));
  }

  private static @Nullable PayloadSpec text(YamlMap map) {
    int maxBytes = map.smallInteger("max-bytes", MAX_TEXT_BYTES);
    return map.build(() -> new PayloadSpec.Text(maxBytes));
  }

  /** Files without labels must be declared so: a label that was only forgotten is a mistake. */
  private static void checkLabelled(YamlMap map, boolean isNone, FormatSpec format) {
    boolean hasLabel =
        !(format instanceof FormatSpec.Tabular tabular) || tabular.table().label().isPresent();
    if (!isNone && !hasLabel) {
      map.problemAt(
          "source.format.label",
          "must be given, such as label: class; for samples without labels declare the dataset's"
              + " label: {type: none}");
    }
    if (isNone && hasLabel) {
      map.problemAt(
          "source.format",
          "must be csv or arff without a label, since the dataset's label is {type: none}; add the"
              + " label's column to drop");
    }
  }

  private static Optional<ContractSpec> contract(YamlMap map) {
    var maxAhead = map.duration("max-ahead");
    var idleAfter = map.duration("idle-after");
    return Optional.ofNullable(map.build(() -> new ContractSpec(maxAhead, idleAfter)));
  }
}
