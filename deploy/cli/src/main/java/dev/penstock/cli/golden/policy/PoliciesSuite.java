package dev.penstock.cli.golden.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.penstock.cli.golden.suite.CaseSuite;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.TreeDifference;
import dev.penstock.core.cost.IncorporationLatency;
import dev.penstock.core.cost.TrainingCostModel;
import dev.penstock.core.criterion.AvoidableMisclassifications;
import dev.penstock.core.criterion.AvoidableMisclassifications.Reduction;
import dev.penstock.core.criterion.Criterion;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.criterion.Direction;
import dev.penstock.core.forecast.DataDensityTracker;
import dev.penstock.core.forecast.Forecast;
import dev.penstock.core.forecast.PerformanceTracker;
import dev.penstock.core.stats.QuantileMethod;
import dev.penstock.core.vote.VoteRule;
import dev.penstock.core.window.AmountWindows;
import dev.penstock.core.window.DetectionWindows;
import dev.penstock.core.window.TimeWindows;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Parts of trigger policies beside Modyn's, and quantiles beside numpy's: within 1e-9, relative.
 */
public final class PoliciesSuite implements CaseSuite {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TreeDifference DIFFERENCE = new TreeDifference(1e-9, 1e-12);
  private static final Pattern AVOIDABLE =
      Pattern.compile("avoidable_(?:expected([0-9.]+)|tracked)_(no|allow)_reduction");
  private static final Pattern AT_LEAST = Pattern.compile("at_least_(\\d+)");
  private static final Pattern FORECAST = Pattern.compile("forecast_(\\d+)");

  private static final Map<String, Function<JsonNode, Object>> KINDS =
      Map.ofEntries(
          Map.entry("StaticThreshold", PoliciesSuite::threshold),
          Map.entry("DynamicQuantile", PoliciesSuite::quantile),
          Map.entry("DynamicRollingAverage", PoliciesSuite::rolling),
          Map.entry("EnsembleAggregation", PoliciesSuite::votes),
          Map.entry("forecast_value", PoliciesSuite::forecast),
          Map.entry("CostTracker", PoliciesSuite::cost),
          Map.entry("IncorporationLatencyTracker", PoliciesSuite::latency),
          Map.entry("PerformanceTrackers", PoliciesSuite::performance),
          Map.entry("DataAmountTrigger", PoliciesSuite::amountTrigger),
          Map.entry("TimeTrigger", PoliciesSuite::timeTrigger),
          Map.entry("AmountDetectionWindows", PoliciesSuite::amountWindows),
          Map.entry("TimeDetectionWindows", PoliciesSuite::timeWindows),
          Map.entry("numpy_quantile", PoliciesSuite::numpyQuantile));

  @Override
  public String file() {
    return "policies.json";
  }

  @Override
  public String name(JsonNode golden) {
    return golden.path("policy").asText()
        + " "
        + golden.path("name").asText()
        + " "
        + golden.path("params");
  }

  @Override
  public GoldenResult compare(String name, JsonNode golden) {
    String policy = golden.path("policy").asText();
    Function<JsonNode, Object> kind = KINDS.get(policy);
    if (kind == null) {
      return GoldenResult.notCompared(name, "no counterpart of " + policy);
    }
    JsonNode expected = golden.path("expected");
    JsonNode actual = JSON.valueToTree(kind.apply(golden));
    Optional<String> difference =
        expected.has("error")
            ? Optional.of("not refused: " + expected.get("error").asText())
            : DIFFERENCE.of(expected, actual);
    return difference
        .map(text -> GoldenResult.disagrees(name, text))
        .orElseGet(() -> GoldenResult.agrees(name));
  }

  private static Object threshold(JsonNode golden) {
    JsonNode params = params(golden);
    Direction direction = ModynCases.direction(params.required("direction"));
    return judged(golden, ModynCases.threshold(params.required("threshold"), direction));
  }

  private static Object quantile(JsonNode golden) {
    JsonNode params = params(golden);
    return judged(
        golden,
        ModynCases.quantile(
            params.required("window_size"),
            params.required("quantile"),
            ModynCases.direction(params.required("direction"))));
  }

  private static Object rolling(JsonNode golden) {
    Direction direction = ModynCases.direction(params(golden).required("direction"));
    return judged(golden, ModynCases.rolling(params(golden), "window_size", direction));
  }

  private static Object judged(JsonNode golden, Criterion criterion) {
    List<Boolean> decisions = new ArrayList<>();
    List<JsonNode> thresholds = new ArrayList<>();
    for (JsonNode score : input(golden, "measurements")) {
      Decision decision = criterion.judge(score.asDouble());
      decisions.add(decision.fired());
      thresholds.add(
          decision.threshold().isPresent()
              ? DoubleNode.valueOf(decision.threshold().getAsDouble())
              : NullNode.getInstance());
    }
    return Map.of("decisions", decisions, "thresholds_before_append", thresholds);
  }

  private static Object votes(JsonNode golden) {
    JsonNode decisions = input(golden, "decisions");
    boolean[] votes = new boolean[decisions.size()];
    for (int i = 0; i < votes.length; i++) {
      votes[i] = decisions.get(i).asBoolean();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> expected : golden.path("expected").properties()) {
      rule(expected.getKey()).ifPresent(rule -> values.put(expected.getKey(), rule.suffice(votes)));
    }
    return values;
  }

  private static Optional<VoteRule> rule(String name) {
    Matcher atLeast = AT_LEAST.matcher(name);
    if (atLeast.matches()) {
      return Optional.of(new VoteRule.AtLeast(Integer.parseInt(atLeast.group(1))));
    }
    return switch (name) {
      case "majority" -> Optional.of(new VoteRule.Majority());
      case "any" -> Optional.of(new VoteRule.Any());
      case "all" -> Optional.of(new VoteRule.All());
      default -> Optional.empty();
    };
  }

  private static Object forecast(JsonNode golden) {
    JsonNode params = params(golden);
    Forecast forecast =
        new Forecast(
            method(params.required("method")),
            params.required("min_observations_for_ridge").asInt(),
            params.required("ridge_alpha").asDouble());
    OptionalDouble next = forecast.next(StatisticCases.numbers(input(golden, "observations")));
    return Map.of("forecast", next.orElseThrow(() -> new IllegalArgumentException("no numbers")));
  }

  private static Forecast.Method method(JsonNode name) {
    return Forecast.Method.valueOf(name.asText().toUpperCase(Locale.ROOT));
  }

  private static Object cost(JsonNode golden) {
    JsonNode params = params(golden);
    TrainingCostModel model =
        new TrainingCostModel(
            params.required("window_size").asInt(), params.required("ridge_alpha").asDouble());
    JsonNode measurements = input(golden, "measurements");
    List<Object> steps = new ArrayList<>();
    for (int i = 0; i < measurements.size(); i++) {
      JsonNode measurement = measurements.get(i);
      model.add(measurement.get(0).asLong(), measurement.get(1).asDouble());
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("inform", measurement);
      for (Map.Entry<String, JsonNode> expected :
          golden.path("expected").path("steps").path(i).properties()) {
        Matcher forecast = FORECAST.matcher(expected.getKey());
        if (forecast.matches()) {
          long samples = Long.parseLong(forecast.group(1));
          step.put(expected.getKey(), model.seconds(samples).orElse(Double.NaN));
        }
      }
      steps.add(step);
    }
    return Map.of("steps", steps);
  }

  private static Object latency(JsonNode golden) {
    IncorporationLatency latency = new IncorporationLatency();
    List<Double> areas = new ArrayList<>();
    for (JsonNode op : input(golden, "ops")) {
      switch (op.get(0).asText()) {
        case "add_latency" -> latency.add(op.get(1).asDouble(), op.get(2).asDouble());
        case "add_latencies" ->
            ModynCases.addLatencies(
                latency, JSON.createArrayNode().add(op.get(1)).add(op.get(2)).add(op.get(3)));
        case "inform_trigger" -> latency.onTrigger();
        default -> throw new IllegalArgumentException("operation is " + op);
      }
      areas.add(latency.area());
    }
    return Map.of("cumulative_after_each", areas);
  }

  /** The blocks are told in the expected rows only; they are taken from there. */
  private static Object performance(JsonNode golden) {
    DataDensityTracker density = new DataDensityTracker(input(golden, "density_window").asInt());
    PerformanceTracker tracker =
        new PerformanceTracker(input(golden, "trigger_eval_window").asInt());
    double interval = input(golden, "update_interval_samples").asDouble();
    JsonNode params = params(golden);
    Forecast forecast =
        Forecast.by(
            params.has("method") ? method(params.get("method")) : Forecast.Method.ROLLING_AVERAGE);
    List<Object> rows = new ArrayList<>();
    for (JsonNode block : golden.path("expected").path("rows")) {
      long samples = block.required("num_samples").asLong();
      long misclassified = block.required("misclassified").asLong();
      long first = 1000 * block.required("first_ts").asLong();
      density.add(samples, first, 1000 * block.required("last_ts").asLong());
      if (block.required("trigger").asBoolean()) {
        tracker.onTrigger(samples, misclassified);
      } else {
        tracker.add(samples, misclassified);
      }
      OptionalDouble expected = tracker.expectedAccuracy(forecast);
      OptionalDouble next = tracker.nextAccuracy(forecast);
      Map<String, Object> row = new LinkedHashMap<>();
      for (String given :
          List.of("num_samples", "misclassified", "first_ts", "last_ts", "trigger")) {
        row.put(given, block.get(given));
      }
      row.put("density_rolling_average", density.average().orElse(Double.NaN));
      row.put("expected_accuracy", expected.orElse(Double.NaN));
      row.put("next_accuracy", next.orElse(Double.NaN));
      double misclassifiedNext = (1 - next.orElse(Double.NaN)) * interval;
      for (Map.Entry<String, JsonNode> value : block.properties()) {
        avoidable(value.getKey())
            .ifPresent(
                estimator ->
                    row.put(
                        value.getKey(),
                        List.of(
                            estimator.estimate((double) samples, (double) misclassified, expected),
                            estimator.estimate(interval, misclassifiedNext, expected))));
      }
      rows.add(row);
    }
    return Map.of("rows", rows);
  }

  private static Optional<AvoidableMisclassifications> avoidable(String name) {
    Matcher matcher = AVOIDABLE.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    OptionalDouble accuracy =
        Optional.ofNullable(matcher.group(1))
            .map(text -> OptionalDouble.of(Double.parseDouble(text)))
            .orElseGet(OptionalDouble::empty);
    return Optional.of(
        new AvoidableMisclassifications(
            accuracy, matcher.group(2).equals("allow") ? Reduction.ALLOWED : Reduction.REFUSED));
  }

  private static Object amountTrigger(JsonNode golden) {
    long samples = params(golden).required("num_samples").asLong();
    return Map.of(
        "trigger_indices_per_chunk",
        ModynCases.fired(
            new TriggerSpec.DataAmount(samples),
            ModynCases.chunks(input(golden, "chunk_lengths"))));
  }

  private static Object timeTrigger(JsonNode golden) {
    JsonNode start = params(golden).path("start_timestamp");
    TriggerSpec trigger =
        new TriggerSpec.Time(
            Duration.ofSeconds(params(golden).required("every_seconds").asLong()),
            start.isNumber()
                ? Optional.of(Instant.ofEpochSecond(start.asLong()))
                : Optional.empty());
    return Map.of(
        "trigger_indices_per_chunk",
        ModynCases.fired(trigger, ModynCases.chunksAt(input(golden, "timestamps_per_chunk"))));
  }

  private static Object amountWindows(JsonNode golden) {
    JsonNode params = params(golden);
    DetectionWindows<Long> windows =
        new AmountWindows<>(
            new AmountWindows.Settings(
                params.required("amount_ref").asInt(),
                params.required("amount_cur").asInt(),
                ModynCases.overlap(params.required("allow_overlap"))));
    List<Object> states = new ArrayList<>();
    long seen = 0;
    for (JsonNode op : input(golden, "ops")) {
      String text = op.asText();
      if (text.startsWith("d")) {
        long before = seen;
        seen += Long.parseLong(text.substring(1));
        windows.add(LongStream.range(before, seen).boxed().toList());
      } else {
        windows.onTrigger();
      }
      states.add(
          Map.of("op", text, "reference", windows.reference(), "current", windows.current()));
    }
    return Map.of("states", states);
  }

  private static Object timeWindows(JsonNode golden) {
    JsonNode params = params(golden);
    DetectionWindows<Long> windows =
        new TimeWindows<>(
            new TimeWindows.Settings(
                Duration.ofSeconds(params.required("limit_seconds_ref").asLong()),
                Duration.ofSeconds(params.required("limit_seconds_cur").asLong()),
                ModynCases.overlap(params.required("allow_overlap"))),
            seconds -> 1000 * seconds);
    List<Object> states = new ArrayList<>();
    for (JsonNode op : input(golden, "ops")) {
      if (op.isArray()) {
        windows.add(
            Arrays.stream(StatisticCases.numbers(op)).mapToObj(value -> (long) value).toList());
      } else {
        windows.onTrigger();
      }
      states.add(Map.of("reference", windows.reference(), "current", windows.current()));
    }
    return Map.of("states", states);
  }

  private static Object numpyQuantile(JsonNode golden) {
    QuantileMethod method =
        QuantileMethod.valueOf(params(golden).required("method").asText().toUpperCase(Locale.ROOT));
    double[] sorted = StatisticCases.numbers(input(golden, "a"));
    Arrays.sort(sorted);
    Map<String, Double> values = new LinkedHashMap<>();
    JsonNode shares = golden.path("expected");
    if (shares.has("error")) {
      return method.of(sorted, 0.5);
    }
    for (Map.Entry<String, JsonNode> expected : shares.properties()) {
      values.put(expected.getKey(), method.of(sorted, Double.parseDouble(expected.getKey())));
    }
    return values;
  }

  private static JsonNode params(JsonNode golden) {
    return golden.required("params");
  }

  private static JsonNode input(JsonNode golden, String name) {
    return golden.required("input").required(name);
  }
}
