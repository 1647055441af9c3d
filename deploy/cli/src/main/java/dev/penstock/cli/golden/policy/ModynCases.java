package dev.penstock.cli.golden.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.penstock.cli.golden.statistic.MetricsSuite;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.cost.IncorporationLatency;
import dev.penstock.core.criterion.Criterion;
import dev.penstock.core.criterion.Direction;
import dev.penstock.core.criterion.DynamicQuantile;
import dev.penstock.core.criterion.DynamicRollingAverage;
import dev.penstock.core.criterion.DynamicRollingAverage.Deviation;
import dev.penstock.core.criterion.StaticThreshold;
import dev.penstock.core.ledger.TriggerLedger;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.window.Overlap;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What Modyn's cases mean in Penstock's terms. */
public final class ModynCases {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DURATION = Pattern.compile("(\\d+)([smhdwy])");

  private ModynCases() {}

  public static Direction direction(JsonNode name) {
    return switch (name.asText()) {
      case "higher" -> Direction.HIGH;
      case "lower" -> Direction.LOW;
      default -> throw new IllegalArgumentException("direction is " + name);
    };
  }

  public static Overlap overlap(JsonNode allowed) {
    return allowed.asBoolean() ? Overlap.ALLOWED : Overlap.NONE;
  }

  public static Criterion threshold(JsonNode threshold, Direction direction) {
    return new StaticThreshold(threshold.asDouble(), direction);
  }

  public static Criterion quantile(JsonNode window, JsonNode quantile, Direction direction) {
    return new DynamicQuantile(
        new DynamicQuantile.Settings(window.asInt(), quantile.asDouble(), direction));
  }

  public static Criterion rolling(JsonNode params, String window, Direction direction) {
    return new DynamicRollingAverage(
        new DynamicRollingAverage.Settings(
            params.required(window).asInt(),
            params.required("deviation").asDouble(),
            params.required("absolute").asBoolean() ? Deviation.ABSOLUTE : Deviation.RELATIVE,
            direction));
  }

  public static List<Boolean> decisions(Criterion criterion, JsonNode scores) {
    List<Boolean> decisions = new ArrayList<>();
    for (JsonNode score : scores) {
      decisions.add(criterion.judge(score.asDouble()).fired());
    }
    return decisions;
  }

  /** Areas under ROC curves; Modyn says 0 where the area is not defined, NaN is what it means. */
  public static Map<String, Object> areas(JsonNode given) {
    double[] scores = IntStream.rangeClosed(1, 9).mapToDouble(i -> i / 10.0).toArray();
    List<Double> areas = new ArrayList<>();
    for (JsonNode labels : given.required("score_0.1_to_0.9")) {
      areas.add(MetricsSuite.area(StatisticCases.numbers(labels), scores));
    }
    List<Double> degenerate = new ArrayList<>();
    for (JsonNode of : given.required("degenerate")) {
      double area = area(of);
      degenerate.add(Double.isNaN(area) ? 0 : area);
    }
    return Map.of("auc", areas, "extra", area(given.required("extra")), "degenerate", degenerate);
  }

  private static double area(JsonNode given) {
    return MetricsSuite.area(
        StatisticCases.numbers(given.required("true")),
        StatisticCases.numbers(given.required("score")));
  }

  public static Duration duration(JsonNode text) {
    Matcher matcher = DURATION.matcher(text.asText());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("duration is " + text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      case "w" -> Duration.ofDays(7 * amount);
      default -> Duration.ofDays(365 * amount);
    };
  }

  /** Times of so many samples that all come at once. */
  public static List<long[]> chunks(JsonNode lengths) {
    List<long[]> chunks = new ArrayList<>();
    lengths.forEach(length -> chunks.add(new long[length.asInt()]));
    return chunks;
  }

  /** Times of samples, in ms. */
  public static List<long[]> chunksAt(JsonNode seconds) {
    List<long[]> chunks = new ArrayList<>();
    seconds.forEach(chunk -> chunks.add(millis(chunk)));
    return chunks;
  }

  public static long[] millis(JsonNode seconds) {
    long[] millis = new long[seconds.size()];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = Math.round(1000 * seconds.get(i).asDouble());
    }
    return millis;
  }

  /** Index in its chunk of the sample before each boundary; -1: before the chunk. */
  public static List<List<Long>> fired(TriggerSpec trigger, List<long[]> chunks) {
    Timeline timeline = new Timeline(1, 0);
    TriggerLedger ledger =
        new TriggerLedger(trigger, new SelectionSpec.NewData(Optional.of(0), Optional.empty()));
    List<List<Long>> fired = new ArrayList<>();
    long offset = 0;
    for (long[] times : chunks) {
      long start = offset;
      offset += times.length;
      long end = times.length == 0 ? Long.MIN_VALUE : times[times.length - 1];
      timeline.add(SampleBlock.dense(0, start, times, end));
      Run run = timeline.releasable();
      List<Long> ofChunk = new ArrayList<>();
      ledger.advance(run, entry -> ofChunk.add(entry.boundary()[0] - 1 - start));
      timeline.release(run);
      fired.add(ofChunk);
    }
    return fired;
  }

  /** JSON's null for what is empty. */
  public static JsonNode nullable(Optional<?> value) {
    return JSON.valueToTree(value.isPresent() ? value.get() : NullNode.getInstance());
  }

  /** {@code [[[time, regret], ...], start, duration]}: regrets that arise at their times. */
  public static double addLatencies(IncorporationLatency latency, JsonNode arguments) {
    JsonNode samples = arguments.get(0);
    double seconds = arguments.get(2).asDouble();
    double end = arguments.get(1).asDouble() + seconds;
    double[] regrets = new double[samples.size()];
    double[] waited = new double[samples.size()];
    for (int i = 0; i < regrets.length; i++) {
      regrets[i] = samples.get(i).get(1).asDouble();
      waited[i] = end - samples.get(i).get(0).asDouble();
    }
    return latency.add(regrets, waited, seconds);
  }
}
