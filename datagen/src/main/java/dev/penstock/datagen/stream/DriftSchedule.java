package dev.penstock.datagen.stream;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Which concept a stream's i-th sample is of, as a number: concept k is k itself, between two of
 * them the one turns into the other.
 *
 * @param kind how one concept gives way to the next
 * @param points indexes of samples, ascending, around or from which it does
 * @param width samples that it takes, where it is not at once
 */
public record DriftSchedule(Kind kind, List<Long> points, long width) {

  public DriftSchedule {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i) <= points.get(i - 1)) {
        throw new IllegalArgumentException("points must ascend, got " + points);
      }
    }
    if (width < 1) {
      throw new IllegalArgumentException("width must be positive, got " + width);
    }
  }

  /** How a concept drifts (Gama et al., A Survey on Concept Drift Adaptation, 2014). */
  public enum Kind {
    /** Never. */
    NONE,
    /** At once. */
    ABRUPT,
    /** Samples of the new one among those of the old, ever more often (a sigmoid). */
    GRADUAL,
    /** The old one turns into the new one step by step. */
    INCREMENTAL,
    /** To and fro between two. */
    RECURRING
  }

  /**
   * The i-th sample's concept; asked for in order, the same random numbers give the same concepts.
   */
  public double concept(long index, SplittableRandom random) {
    return switch (kind) {
      case NONE -> 0;
      case ABRUPT -> passed(index);
      case RECURRING -> passed(index) % 2;
      case GRADUAL -> gradual(index, random);
      case INCREMENTAL -> incremental(index);
    };
  }

  private int passed(long index) {
    int count = 0;
    for (long point : points) {
      count += index >= point ? 1 : 0;
    }
    return count;
  }

  private int gradual(long index, SplittableRandom random) {
    int count = 0;
    for (long point : points) {
      double chance = 1 / (1 + StrictMath.exp(-4.0 * (index - point) / width));
      // Drawn for every point, so that the stream of random numbers does not depend on the index.
      count += random.nextDouble() < chance ? 1 : 0;
    }
    return count;
  }

  private double incremental(long index) {
    double concept = 0;
    for (long point : points) {
      concept += Math.min(1, Math.max(0, (index - point) / (double) width));
    }
    return concept;
  }
}
