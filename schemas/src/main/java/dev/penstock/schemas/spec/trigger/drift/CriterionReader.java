package dev.penstock.schemas.spec.trigger.drift;

import dev.penstock.schemas.spec.trigger.drift.CriterionSpec.Budget;
import dev.penstock.schemas.spec.yaml.DurationText;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@code decision-criterion}. */
public final class CriterionReader {

  /** Modyn's. */
  private static final int WINDOW_SIZE = 10;

  /** Modyn's. */
  private static final double QUANTILE = 0.05;

  /** Modyn's. */
  private static final double DEVIATION = 0.05;

  private static final double ALPHA = 0.05;
  private static final Pattern BUDGET = Pattern.compile("(\\d{1,9})\\s+per\\s+(\\S.*)");

  private CriterionReader() {}

  public static Optional<CriterionSpec> read(YamlMap map) {
    return map.byType(
        Map.of(
            "threshold", CriterionReader::threshold,
            "p-value", CriterionReader::pValue,
            "dynamic-quantile", CriterionReader::dynamicQuantile,
            "dynamic-rolling-average", CriterionReader::dynamicRollingAverage,
            "hysteresis", CriterionReader::hysteresis,
            "alarms", CriterionReader::alarms));
  }

  /**
   * The criterion of a map that has it under {@code key}, or a budget of false alarms in its place:
   * {@code alarms: {budget: 1 per 30d}}.
   */
  static Optional<CriterionSpec> in(YamlMap map, String key, String example) {
    if (!map.has("alarms")) {
      return map.requiredMap(key, example).flatMap(CriterionReader::read);
    }
    if (map.has(key)) {
      map.problem("alarms", "must not be given beside " + key + ": one of both");
    }
    return map.map("alarms").flatMap(budget -> Optional.ofNullable(alarms(budget)));
  }

  private static @Nullable CriterionSpec threshold(YamlMap map) {
    double threshold = required(map, "threshold", "0.05");
    return map.build(() -> new CriterionSpec.Threshold(threshold));
  }

  private static @Nullable CriterionSpec pValue(YamlMap map) {
    double alpha = map.number("alpha").orElse(ALPHA);
    return map.build(() -> new CriterionSpec.PValue(alpha));
  }

  private static @Nullable CriterionSpec dynamicQuantile(YamlMap map) {
    int windowSize = map.smallInteger("window-size", WINDOW_SIZE);
    double quantile = map.number("quantile").orElse(QUANTILE);
    return map.build(() -> new CriterionSpec.DynamicQuantile(windowSize, quantile));
  }

  private static @Nullable CriterionSpec dynamicRollingAverage(YamlMap map) {
    int windowSize = map.smallInteger("window-size", WINDOW_SIZE);
    double deviation = map.number("deviation").orElse(DEVIATION);
    boolean absolute = map.flag("absolute", Flag.FALSE);
    return map.build(
        () -> new CriterionSpec.DynamicRollingAverage(windowSize, deviation, absolute));
  }

  private static @Nullable CriterionSpec hysteresis(YamlMap map) {
    double fire = required(map, "fire", "0.1");
    double rearm = required(map, "rearm", "0.05");
    return map.build(() -> new CriterionSpec.Hysteresis(fire, rearm));
  }

  private static @Nullable CriterionSpec alarms(YamlMap map) {
    String text = map.requiredText("budget", "1 per 30d");
    Optional<Budget> budget = budget(map, text);
    return map.build(() -> new CriterionSpec.Alarms(budget.orElseThrow()));
  }

  private static Optional<Budget> budget(YamlMap map, String text) {
    Matcher matcher = BUDGET.matcher(text);
    if (matcher.matches()) {
      long alarms = Long.parseLong(matcher.group(1));
      try {
        Optional<Budget> budget =
            DurationText.parse(matcher.group(2)).map(period -> new Budget(alarms, period));
        if (budget.isPresent()) {
          return budget;
        }
      } catch (IllegalArgumentException e) {
        map.problem("budget", String.valueOf(e.getMessage()).substring("budget ".length()));
        return Optional.empty();
      }
    }
    if (map.has("budget")) {
      map.problem("budget", "must be alarms per period such as 1 per 30d, got " + text);
    }
    return Optional.empty();
  }

  private static double required(YamlMap map, String key, String example) {
    if (!map.has(key)) {
      map.problem(key, "must be given, such as " + key + ": " + example);
    }
    return map.number(key).orElse(0.0);
  }
}
