package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.ModelSpec.Activation;
import dev.penstock.schemas.spec.TrainingSpec.Scaling;
import dev.penstock.schemas.spec.YamlMap.Flag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a pipeline's {@code training}. */
final class TrainingReader {

  private static final double LEARNING_RATE = 0.001;
  private static final double SGD_LEARNING_RATE = 0.01;

  /** PyTorch's default. */
  private static final double ADAM_W_WEIGHT_DECAY = 0.01;

  private TrainingReader() {}

  static Optional<TrainingSpec> read(YamlMap map) {
    Optional<ModelSpec> model =
        map.requiredMap("model", "{type: mlp, hidden: [32]}").flatMap(TrainingReader::model);
    Optional<OptimizerSpec> optimizer = map.map("optimizer").flatMap(TrainingReader::optimizer);
    boolean usePreviousModel = map.flag("use-previous-model", Flag.TRUE);
    int epochs = map.smallInteger("epochs-per-trigger", 1);
    int batchSize = map.smallInteger("batch-size", 64);
    boolean shuffle = map.flag("shuffle", Flag.TRUE);
    long seed = map.integer("seed").orElse(42L);
    Scaling scaling = map.choice("scaling", Scaling.STANDARD, Scaling.values());
    Optional<DownsamplingSpec> downsampling =
        map.map("downsampling").flatMap(DownsamplingReader::read);
    return Optional.ofNullable(
        map.build(
            () ->
                new TrainingSpec(
                    model.orElseThrow(),
                    optimizer.orElse(new OptimizerSpec.Adam(LEARNING_RATE, 0)),
                    usePreviousModel,
                    epochs,
                    batchSize,
                    shuffle,
                    seed,
                    scaling,
                    downsampling)));
  }

  private static Optional<ModelSpec> model(YamlMap map) {
    return map.byType(Map.of("mlp", TrainingReader::mlp, "cnn", TrainingReader::cnn));
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

  private static Optional<OptimizerSpec> optimizer(YamlMap map) {
    return map.byType(
        Map.of(
            "sgd", TrainingReader::sgd,
            "adam", TrainingReader::adam,
            "adamw", TrainingReader::adamW));
  }

  private static @Nullable OptimizerSpec sgd(YamlMap map) {
    double rate = map.number("learning-rate").orElse(SGD_LEARNING_RATE);
    double momentum = map.number("momentum").orElse(0.0);
    double weightDecay = map.number("weight-decay").orElse(0.0);
    return map.build(() -> new OptimizerSpec.Sgd(rate, momentum, weightDecay));
  }

  private static @Nullable OptimizerSpec adam(YamlMap map) {
    double rate = map.number("learning-rate").orElse(LEARNING_RATE);
    double weightDecay = map.number("weight-decay").orElse(0.0);
    return map.build(() -> new OptimizerSpec.Adam(rate, weightDecay));
  }

  private static @Nullable OptimizerSpec adamW(YamlMap map) {
    double rate = map.number("learning-rate").orElse(LEARNING_RATE);
    double weightDecay = map.number("weight-decay").orElse(ADAM_W_WEIGHT_DECAY);
    return map.build(() -> new OptimizerSpec.AdamW(rate, weightDecay));
  }
}
