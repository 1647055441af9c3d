package dev.penstock.core.benchmark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A figure measured several times; its value is the median of the runs.
 *
 * @param name what was measured
 * @param unit unit of the runs, such as {@code samples/s}
 * @param goal what the value must reach; empty: for information
 * @param runs one figure a run, in the order of the runs
 */
public record Measure(String name, String unit, Optional<Goal> goal, List<Double> runs) {

  public Measure {
    requireNonNull(name, "name is null");
    requireNonNull(unit, "unit is null");
    requireNonNull(goal, "goal is null");
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs must have an entry, got []");
    }
  }

  /** A measure that must reach a goal. */
  public static Measure of(String name, String unit, Goal goal, List<Double> runs) {
    return new Measure(name, unit, Optional.of(goal), runs);
  }

  /** A measure without a goal. */
  public static Measure informative(String name, String unit, List<Double> runs) {
    return new Measure(name, unit, Optional.empty(), runs);
  }

  /** Median of the runs. */
  public double value() {
    List<Double> sorted = runs.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Whether the value reaches the goal; true without one. */
  public boolean isMet() {
    return goal.map(limit -> limit.isMetBy(value())).orElse(true);
  }
}
