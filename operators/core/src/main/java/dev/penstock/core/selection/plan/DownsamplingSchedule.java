package dev.penstock.core.selection.plan;

import dev.penstock.core.stats.Require;
import java.util.OptionalInt;

/**
 * Which of several downsamplers is in use at a trigger: none during the warm-up, in which all
 * samples in sight are trained on, then one after the other.
 *
 * @param warmupTriggers triggers without presampling and downsampling, at least 0
 * @param thresholds triggers after the warm-up at which the next one takes over, strictly
 *     increasing; one fewer than there are downsamplers
 */
public record DownsamplingSchedule(long warmupTriggers, long[] thresholds) {

  public DownsamplingSchedule {
    Require.atLeast("warmup-triggers", warmupTriggers, 0);
    for (int i = 0; i < thresholds.length; i++) {
      Require.atLeast("downsampling-thresholds", thresholds[i], 0);
      if (i > 0) {
        Require.above(
            "downsampling-thresholds", thresholds[i], "the one before", thresholds[i - 1]);
      }
    }
    thresholds = thresholds.clone();
  }

  /**
   * The schedule of so many downsamplers.
   *
   * @throws IllegalArgumentException if there are not as many thresholds between them
   */
  public static DownsamplingSchedule of(int downsamplers, long warmupTriggers, long[] thresholds) {
    Require.check(
        thresholds.length == downsamplers - 1,
        "downsampling-thresholds",
        "one fewer than downsamplers, " + downsamplers,
        thresholds.length);
    return new DownsamplingSchedule(warmupTriggers, thresholds);
  }

  /** Index of the downsampler at a trigger, which counts from 0; empty: warm-up. */
  public OptionalInt at(long trigger) {
    long number = trigger - warmupTriggers;
    if (number < 0) {
      return OptionalInt.empty();
    }
    int passed = 0;
    while (passed < thresholds.length && number >= thresholds[passed]) {
      passed++;
    }
    return OptionalInt.of(passed);
  }
}
