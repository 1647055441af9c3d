package dev.penstock.schemas.spec.training.optimization;

import dev.penstock.schemas.spec.training.optimization.OptimizationSpec.Clipping;
import dev.penstock.schemas.spec.training.optimization.OptimizationSpec.Group;
import dev.penstock.schemas.spec.training.optimization.ScheduleSpec.Per;
import dev.penstock.schemas.spec.training.optimization.ScheduleSpec.Shape;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the keys of {@code training} that say how weights follow gradients. */
public final class OptimizationReader {

  /** Defaults are PyTorch's. */
  private static final double LEARNING_RATE = 0.001;

  private static final double FAST_LEARNING_RATE = 0.01;
  private static final double ADAM_W_WEIGHT_DECAY = 0.01;
  private static final double EPS = 1e-8;
  private static final double ADAGRAD_EPS = 1e-10;
  private static final List<Double> BETAS = List.of(0.9, 0.999);
  private static final OptimizerSpec DEFAULT =
      new OptimizerSpec.Adam(LEARNING_RATE, 0, new OptimizerSpec.Moments(0.9, 0.999, EPS));

  private OptimizationReader() {}

  public static Optional<OptimizationSpec> read(YamlMap training) {
    Optional<OptimizerSpec> optimizer =
        training.has("optimizer")
            ? training.map("optimizer").flatMap(OptimizationReader::optimizer)
            : Optional.of(DEFAULT);
    Optional<Map<String, Group>> groups =
        training.has("parameter-groups")
            ? training.map("parameter-groups").flatMap(map -> map.each(OptimizationReader::group))
            : Optional.of(Map.of());
    Optional<ScheduleSpec> schedule =
        training.has("learning-rate-schedule")
            ? training.map("learning-rate-schedule").flatMap(OptimizationReader::schedule)
            : Optional.of(ScheduleSpec.CONSTANT);
    Optional<Clipping> clipping =
        training.map("gradient-clipping").flatMap(OptimizationReader::clipping);
    return optimizer.isPresent() && groups.isPresent() && schedule.isPresent()
        ? Optional.of(new OptimizationSpec(optimizer.get(), groups.get(), schedule.get(), clipping))
        : Optional.empty();
  }

  public static Optional<OptimizerSpec> optimizer(YamlMap map) {
    return map.byType(
        Map.of(
            "sgd", OptimizationReader::sgd,
            "adam", OptimizationReader::adam,
            "adamw", OptimizationReader::adamW,
            "rmsprop", OptimizationReader::rmsProp,
            "adagrad", OptimizationReader::adagrad));
  }

  private static @Nullable OptimizerSpec sgd(YamlMap map) {
    double rate = rate(map, LEARNING_RATE);
    double weightDecay = weightDecay(map, 0);
    double momentum = map.number("momentum").orElse(0.0);
    double dampening = map.number("dampening").orElse(0.0);
    boolean nesterov = map.flag("nesterov", Flag.FALSE);
    return map.build(() -> new OptimizerSpec.Sgd(rate, weightDecay, momentum, dampening, nesterov));
  }

  private static @Nullable OptimizerSpec adam(YamlMap map) {
    double rate = rate(map, LEARNING_RATE);
    double weightDecay = weightDecay(map, 0);
    List<Double> betas = betas(map);
    double eps = map.number("eps").orElse(EPS);
    return map.build(() -> new OptimizerSpec.Adam(rate, weightDecay, moments(betas, eps)));
  }

  private static @Nullable OptimizerSpec adamW(YamlMap map) {
    double rate = rate(map, LEARNING_RATE);
    double weightDecay = weightDecay(map, ADAM_W_WEIGHT_DECAY);
    List<Double> betas = betas(map);
    double eps = map.number("eps").orElse(EPS);
    return map.build(() -> new OptimizerSpec.AdamW(rate, weightDecay, moments(betas, eps)));
  }

  private static @Nullable OptimizerSpec rmsProp(YamlMap map) {
    double rate = rate(map, FAST_LEARNING_RATE);
    double weightDecay = weightDecay(map, 0);
    double alpha = map.number("alpha").orElse(0.99);
    double eps = map.number("eps").orElse(EPS);
    double momentum = map.number("momentum").orElse(0.0);
    boolean centered = map.flag("centered", Flag.FALSE);
    return map.build(
        () -> new OptimizerSpec.RmsProp(rate, weightDecay, alpha, eps, momentum, centered));
  }

  private static @Nullable OptimizerSpec adagrad(YamlMap map) {
    double rate = rate(map, FAST_LEARNING_RATE);
    double weightDecay = weightDecay(map, 0);
    double rateDecay = map.number("lr-decay").orElse(0.0);
    double initial = map.number("initial-accumulator-value").orElse(0.0);
    double eps = map.number("eps").orElse(ADAGRAD_EPS);
    return map.build(() -> new OptimizerSpec.Adagrad(rate, weightDecay, rateDecay, initial, eps));
  }

  private static double rate(YamlMap map, double absent) {
    return map.number("learning-rate").orElse(absent);
  }

  private static double weightDecay(YamlMap map, double absent) {
    return map.number("weight-decay").orElse(absent);
  }

  private static List<Double> betas(YamlMap map) {
    List<Double> betas = map.numberList("betas").orElse(BETAS);
    if (betas.size() != BETAS.size()) {
      map.problem("betas", "must be two numbers, got " + betas);
      return BETAS;
    }
    return betas;
  }

  private static OptimizerSpec.Moments moments(List<Double> betas, double eps) {
    return new OptimizerSpec.Moments(betas.get(0), betas.get(1), eps);
  }

  private static Optional<Group> group(YamlMap map) {
    String layers = map.requiredText("layers", "\"*Linear*\"");
    OptionalDouble rate = optional(map.number("learning-rate"));
    OptionalDouble weightDecay = optional(map.number("weight-decay"));
    boolean frozen = map.flag("frozen", Flag.FALSE);
    return Optional.ofNullable(map.build(() -> new Group(layers, rate, weightDecay, frozen)));
  }

  private static OptionalDouble optional(Optional<Double> number) {
    return number.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  public static Optional<ScheduleSpec> schedule(YamlMap map) {
    Per per = map.choice("per", Per.EPOCH, Per.values());
    int warmUp = map.smallInteger("warm-up", 0);
    double factor = map.number("warm-up-factor").orElse(ScheduleSpec.CONSTANT.warmUpFactor());
    Optional<Shape> shape =
        map.byType(
            Map.of(
                "constant", OptimizationReader::constant,
                "step", OptimizationReader::step,
                "multi-step", OptimizationReader::multiStep,
                "exponential", OptimizationReader::exponential,
                "cosine", OptimizationReader::cosine));
    return Optional.ofNullable(
        map.build(() -> new ScheduleSpec(shape.orElseThrow(), per, warmUp, factor)));
  }

  private static @Nullable Shape constant(YamlMap map) {
    return map.part(Shape.Constant::new);
  }

  private static @Nullable Shape step(YamlMap map) {
    if (!map.has("step-size")) {
      map.problem("step-size", "must be given, such as step-size: 10");
    }
    int size = map.smallInteger("step-size", 1);
    double gamma = map.number("gamma").orElse(0.1);
    return map.part(() -> new Shape.Step(size, gamma));
  }

  private static @Nullable Shape multiStep(YamlMap map) {
    List<Integer> milestones = map.integers("milestones").orElse(List.of());
    double gamma = map.number("gamma").orElse(0.1);
    return map.part(() -> new Shape.MultiStep(milestones, gamma));
  }

  private static @Nullable Shape exponential(YamlMap map) {
    double gamma = map.requiredNumber("gamma", "0.9");
    return map.part(() -> new Shape.Exponential(gamma));
  }

  private static @Nullable Shape cosine(YamlMap map) {
    int length = map.smallInteger("t-max", 0);
    OptionalInt given = map.has("t-max") ? OptionalInt.of(length) : OptionalInt.empty();
    double min = map.number("eta-min").orElse(0.0);
    return map.part(() -> new Shape.Cosine(given, min));
  }

  private static Optional<Clipping> clipping(YamlMap map) {
    Optional<Double> norm = map.number("norm");
    Optional<Double> value = map.number("value");
    if (map.has("norm") == map.has("value")) {
      map.problem("norm", "must be given, or value, but not both");
    }
    return Optional.ofNullable(
        map.build(
            () ->
                norm.isPresent()
                    ? new Clipping.Norm(norm.get())
                    : new Clipping.Value(value.orElseThrow())));
  }
}
