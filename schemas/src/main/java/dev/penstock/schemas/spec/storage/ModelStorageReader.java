package dev.penstock.schemas.spec.storage;

import dev.penstock.schemas.spec.storage.ModelStorageSpec.Base;
import dev.penstock.schemas.spec.storage.ModelStorageSpec.Operator;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a pipeline's {@code model-storage}. */
public final class ModelStorageReader {

  private static final int FULL_MODEL_INTERVAL = 10;
  private static final int ZSTD_LEVEL = 3;

  private ModelStorageReader() {}

  public static Optional<ModelStorageSpec> read(YamlMap map) {
    return map.byType(Map.of("full", ModelStorageReader::full, "delta", ModelStorageReader::delta));
  }

  private static @Nullable ModelStorageSpec full(YamlMap map) {
    int level = map.smallInteger("zstd-level", 0);
    boolean shuffle = map.flag("byte-shuffle", Flag.TRUE);
    return map.build(() -> new ModelStorageSpec.Full(level, shuffle));
  }

  private static @Nullable ModelStorageSpec delta(YamlMap map) {
    Operator operator = map.choice("operator", Operator.SUB, Operator.values());
    Base base = map.choice("base", Base.PREVIOUS, Base.values());
    int interval = map.smallInteger("full-model-interval", FULL_MODEL_INTERVAL);
    int level = map.smallInteger("zstd-level", ZSTD_LEVEL);
    boolean shuffle = map.flag("byte-shuffle", Flag.TRUE);
    return map.build(() -> new ModelStorageSpec.Delta(operator, base, interval, level, shuffle));
  }
}
