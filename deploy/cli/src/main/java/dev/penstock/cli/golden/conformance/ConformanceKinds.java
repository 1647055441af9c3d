package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.policy.ModynCases;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.core.cost.IncorporationLatency;
import dev.penstock.core.cost.IncorporationLatencyCost;
import dev.penstock.core.cost.TrainingCostModel;
import dev.penstock.core.criterion.AvoidableMisclassifications;
import dev.penstock.core.criterion.AvoidableMisclassifications.Reduction;
import dev.penstock.core.criterion.Criterion;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.criterion.Direction;
import dev.penstock.core.criterion.MisclassificationBudget;
import dev.penstock.core.forecast.DataDensityTracker;
import dev.penstock.core.forecast.Forecast;
import dev.penstock.core.forecast.PerformanceTracker;
import dev.penstock.core.window.AmountWindows;
import dev.penstock.core.window.DetectionWindows;
import dev.penstock.core.window.TimeWindows;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of cases of Modyn that Penstock has a counterpart of. */
final class ConformanceKinds {

  /** Samples that are described instead of listed. */
  private static final Pattern SAMPLES = Pattern.compile(".*ts (\\d+)\\+i, (\\d+) samples.*");

  private static final Map<String, Function<JsonNode, Object>> KINDS =
      Map.ofEntries(
          Map.entry("DataAmountTrigger.inform", ConformanceKinds::amountTrigger),
          Map.entry("TimeTrigger.inform", ConformanceKinds::timeTrigger),
          Map.entry("policy.static", ConformanceKinds::threshold),
          Map.entry("policy.quantile", ConformanceKinds::quantile),
          Map.entry("policy.rolling", ConformanceKinds::rolling),
          Map.entry("Windows.Amount", ConformanceKinds::amountWindows),
          Map.entry("Windows.Time", ConformanceKinds::timeWindows),
          Map.entry("Perf.static", ConformanceKinds::performanceThreshold),
          Map.entry("Perf.threshold", ConformanceKinds::performanceThreshold),
          Map.entry("Perf.quantile", ConformanceKinds::performanceQuantile),
          Map.entry("Perf.rolling", ConformanceKinds::performanceRolling),
          Map.entry("Perf.misclassifications", ConformanceKinds::misclassifications),
          Map.entry("DensityTracker", ConformanceKinds::density),
          Map.entry("PerformanceTracker", ConformanceKinds::performanceTracker),
          Map.entry("PerformanceTracker.accuracy", ConformanceKinds::accuracy),
          Map.entry("forecast_value", ConformanceKinds::forecast),
          Map.entry("CostTracker.memory", given -> costs(given).trainings()),
          Map.entry("CostTracker.forecast", ConformanceKinds::costForecast),
          Map.entry("LatencyTracker.add_latency", ConformanceKinds::latency),
          Map.entry("LatencyTracker.add_latencies", ConformanceKinds::latency),
          Map.entry("RocAuc", ModynCases::areas),
          Map.entry("Ensemble.find_next", ConformanceEnsembles::findNext),
          Map.entry("Ensemble.inform", ConformanceEnsembles::inform));

  private ConformanceKinds() {}

  /** What Penstock makes of a case; empty: there is no counterpart. */
  static Optional<Object> run(String kind, JsonNode given) {
    if (kind.equals("LatencyCostTrigger.inform")) {
      Matcher samples = SAMPLES.matcher(given.path("samples").asText());
      if (samples.matches()) {
        return Optional.of(latencyCost(given, samples));
      }
    }
    return Optional.ofNullable(KINDS.get(kind))
        .map(run -> run.apply(given))
        .or(() -> ConformanceTriggers.run(kind, given))
        .or(() -> ConformanceMetrics.run(kind, given))
        .or(() -> ConformanceSelection.run(kind, given))
        .or(() -> ConformanceDownsampling.run(kind, given));
  }

  private static Object amountTrigger(JsonNode given) {
    return ModynCases.fired(
        new TriggerSpec.DataAmount(given.required("num_samples").asLong()),
        ModynCases.chunks(given.required("batch_lengths")));
  }

  private static Object timeTrigger(JsonNode given) {
    JsonNode start = given.path("start_timestamp");
    return ModynCases.fired(
        new TriggerSpec.Time(
            ModynCases.duration(given.required("every")),
            start.isNumber()
                ? Optional.of(Instant.ofEpochSecond(start.asLong()))
                : Optional.empty()),
        ModynCases.chunksAt(given.required("batches_ts")));
  }

  private static Object threshold(JsonNode given) {
    Direction direction = ModynCases.direction(given.required("direction"));
    return judged(given, ModynCases.threshold(given.required("threshold"), direction));
  }

  /** Of several quantiles, what all of them say. */
  private static Object quantile(JsonNode given) {
    JsonNode quantiles = given.required("quantile");
    List<Object> answers = new ArrayList<>();
    for (JsonNode quantile : quantiles.isArray() ? quantiles : List.of(quantiles)) {
      Direction direction = ModynCases.direction(given.required("direction"));
      answers.add(
          judged(given, ModynCases.quantile(given.required("window"), quantile, direction)));
    }
    return answers.stream().distinct().count() == 1 ? answers.get(0) : answers;
  }

  private static Object rolling(JsonNode given) {
    Direction direction = ModynCases.direction(given.required("direction"));
    return judged(given, ModynCases.rolling(given, "window", direction));
  }

  private static Object judged(JsonNode given, Criterion criterion) {
    given.path("preload").forEach(score -> criterion.judge(score.asDouble()));
    return ModynCases.decisions(criterion, given.required("series"));
  }

  private static Object performanceThreshold(JsonNode given) {
    JsonNode threshold =
        given.required(given.has("metric_threshold") ? "metric_threshold" : "threshold");
    return ModynCases.decisions(
        ModynCases.threshold(threshold, Direction.LOW), given.required("scores"));
  }

  private static Object performanceQuantile(JsonNode given) {
    return ModynCases.decisions(
        ModynCases.quantile(given.required("window"), given.required("quantile"), Direction.LOW),
        given.required("scores"));
  }

  private static Object performanceRolling(JsonNode given) {
    return ModynCases.decisions(
        ModynCases.rolling(given, "window", Direction.LOW), given.required("scores"));
  }

  private static Object amountWindows(JsonNode given) {
    DetectionWindows<Long> windows =
        new AmountWindows<>(
            new AmountWindows.Settings(
                given.required("ref").asInt(),
                given.required("cur").asInt(),
                ModynCases.overlap(given.required("overlap"))));
    return states(given, windows);
  }

  private static Object timeWindows(JsonNode given) {
    JsonNode times = given.required("ts");
    DetectionWindows<Long> windows =
        new TimeWindows<>(
            new TimeWindows.Settings(
                ModynCases.duration(given.required("ref")),
                ModynCases.duration(given.required("cur")),
                ModynCases.overlap(given.required("overlap"))),
            key -> 1000 * times.required(Long.toString(key)).asLong());
    return states(given, windows);
  }

  private static Object states(JsonNode given, DetectionWindows<Long> windows) {
    String pending = given.required("overlap").asBoolean() ? "exc" : "res";
    List<Object> states = new ArrayList<>();
    for (JsonNode step : given.required("steps")) {
      if (step.isArray()) {
        List<Long> keys = new ArrayList<>();
        step.forEach(key -> keys.add(key.asLong()));
        windows.add(keys);
      } else {
        windows.onTrigger();
      }
      states.add(
          Map.of("cur", windows.current(), pending, windows.pending(), "ref", windows.reference()));
    }
    return states;
  }

  private static Object misclassifications(JsonNode given) {
    MisclassificationBudget budget =
        new MisclassificationBudget(
            given.required("threshold").asLong(),
            new AvoidableMisclassifications(
                optional(given.path("expected_accuracy")),
                given.required("allow_reduction").asBoolean()
                    ? Reduction.ALLOWED
                    : Reduction.REFUSED));
    List<Long> sums = new ArrayList<>();
    List<Optional<Boolean>> fires = new ArrayList<>();
    for (JsonNode step : given.required("steps")) {
      Optional<Boolean> fired = Optional.empty();
      if (step.isTextual()) {
        budget.onTrigger();
      } else if (step.has("set_cum")) {
        set(budget, step.get("set_cum").asLong());
      } else {
        Decision decision =
            budget.judge(
                step.required("n").asLong(),
                step.required("mis").asLong(),
                optional(step.path("forecast_exp")));
        fired = Optional.of(decision.fired());
      }
      sums.add(budget.sum());
      fires.add(fired);
    }
    List<Object> nullable = new ArrayList<>();
    fires.forEach(fired -> nullable.add(ModynCases.nullable(fired)));
    return Map.of("cum", sums, "fires", nullable);
  }

  private static void set(MisclassificationBudget budget, long sum) {
    byte[] state = ByteBuffer.allocate(Long.BYTES).putLong(sum).array();
    try {
      budget.read(new DataInputStream(new ByteArrayInputStream(state)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OptionalDouble optional(JsonNode number) {
    return number.isNumber() ? OptionalDouble.of(number.asDouble()) : OptionalDouble.empty();
  }

  private static Object density(JsonNode given) {
    DataDensityTracker tracker = new DataDensityTracker(given.required("window").asInt());
    for (long[] times : ModynCases.chunksAt(given.required("batches_ts"))) {
      tracker.add(times.length, times[0], times[times.length - 1]);
    }
    return Map.of(
        "memory",
        tracker.blocks().stream().map(block -> List.of(block.samples(), block.seconds())).toList(),
        "rolling_average",
        tracker.average().orElse(Double.NaN));
  }

  private static Object performanceTracker(JsonNode given) {
    PerformanceTracker tracker = new PerformanceTracker(given.required("window").asInt());
    evaluate(tracker, given.path("evaluations"));
    trigger(tracker, given.path("triggers"));
    Map<String, Object> expected = new LinkedHashMap<>();
    Map<String, Object> next = new LinkedHashMap<>();
    for (Forecast.Method method : Forecast.Method.values()) {
      String name = method.name().toLowerCase(Locale.ROOT);
      tracker.expectedAccuracy(Forecast.by(method)).ifPresent(value -> expected.put(name, value));
      tracker.nextAccuracy(Forecast.by(method)).ifPresent(value -> next.put(name, value));
    }
    return Map.of("forecast_optimal", expected, "forecast_next", next);
  }

  private static Object accuracy(JsonNode given) {
    Forecast average = Forecast.by(Forecast.Method.ROLLING_AVERAGE);
    PerformanceTracker tracker = new PerformanceTracker(given.required("window").asInt());
    evaluate(tracker, given.path("evaluations"));
    OptionalDouble next = tracker.nextAccuracy(average);
    trigger(tracker, given.path("then_triggers"));
    Map<String, Object> values = new LinkedHashMap<>();
    next.ifPresent(value -> values.put("next_accuracy_before_triggers", value));
    tracker
        .expectedAccuracy(average)
        .ifPresent(value -> values.put("expected_accuracy_after", value));
    return values;
  }

  private static void evaluate(PerformanceTracker tracker, JsonNode evaluations) {
    evaluations.forEach(block -> tracker.add(block.get(0).asLong(), block.get(1).asLong()));
  }

  private static void trigger(PerformanceTracker tracker, JsonNode triggers) {
    triggers.forEach(block -> tracker.onTrigger(block.get(0).asLong(), block.get(1).asLong()));
  }

  private static Object forecast(JsonNode given) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Forecast.Method method : Forecast.Method.values()) {
      List<Double> forecasts = new ArrayList<>();
      for (JsonNode series : given.required("series")) {
        OptionalDouble next = Forecast.by(method).next(StatisticCases.numbers(series));
        forecasts.add(next.orElse(Double.NaN));
      }
      values.put(method.name().toLowerCase(Locale.ROOT), forecasts);
    }
    return values;
  }

  private static TrainingCostModel costs(JsonNode given) {
    TrainingCostModel model = new TrainingCostModel(given.required("window").asInt());
    for (JsonNode training : given.required("inform")) {
      model.add(training.get(0).asLong(), training.get(1).asDouble());
    }
    return model;
  }

  private static Object costForecast(JsonNode given) {
    TrainingCostModel model = costs(given);
    List<Double> seconds = new ArrayList<>();
    for (JsonNode samples : given.required("x")) {
      seconds.add(model.seconds(samples.asLong()).orElse(Double.NaN));
    }
    return seconds;
  }

  private static Object latency(JsonNode given) {
    IncorporationLatency latency = new IncorporationLatency();
    List<Double> areas = new ArrayList<>();
    List<Double> waiting = new ArrayList<>();
    for (JsonNode step : given.required("steps")) {
      if (step.isTextual()) {
        latency.onTrigger();
      } else if (step.get(0).isArray()) {
        ModynCases.addLatencies(latency, step);
      } else {
        latency.add(step.get(0).asDouble(), step.get(1).asDouble());
      }
      areas.add(latency.area());
      waiting.add(latency.current());
    }
    return Map.of("cumulative", areas, "current", waiting);
  }

  private static Object latencyCost(JsonNode given, Matcher described) {
    long start = Long.parseLong(described.group(1));
    long samples = Long.parseLong(described.group(2));
    int interval = given.required("interval").asInt();
    JsonNode training = given.required("after_each_trigger");
    IncorporationLatencyCost cost =
        new IncorporationLatencyCost(given.required("conversion").asDouble(), 1000);
    List<Long> firing = new ArrayList<>();
    List<Double> regrets = new ArrayList<>();
    for (long first = 0; first + interval <= samples; first += interval) {
      long[] times = new long[interval];
      for (int i = 0; i < interval; i++) {
        times[i] = 1000 * (start + first + i);
      }
      Decision decision = cost.judge(times);
      regrets.add(decision.score());
      if (decision.fired()) {
        firing.add(first / interval);
        cost.onTrigger();
        cost.onModel(
            training.required("samples").asLong(), training.required("seconds").asDouble());
      }
    }
    return Map.of("intended_firing_intervals", firing, "intended_regret_before_reset", regrets);
  }
}
