package dev.penstock.core.drift;

import dev.penstock.core.criterion.Direction;
import dev.penstock.core.distance.Mmd;
import dev.penstock.core.distance.PermutationResult;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Unbiased squared maximum mean discrepancy, 0 where nothing can be compared. */
final class MmdMeasure implements DriftMeasure {

  private final double sigma;
  private final int permutations;
  private final CompleteRows.Scaling scaling;

  /**
   * A measure.
   *
   * @param sigma width of the kernel; 0: by the median heuristic of the reference
   * @param permutations of the test; 0: no test
   */
  MmdMeasure(double sigma, int permutations, CompleteRows.Scaling scaling) {
    this.sigma = sigma;
    this.permutations = permutations;
    this.scaling = scaling;
  }

  @Override
  public Score measure(double[][] reference, double[][] current, long seed) {
    CompleteRows rows = CompleteRows.of(reference, current, scaling);
    if (rows.lackRows(2)) {
      return score(0, permutations == 0 ? OptionalDouble.empty() : OptionalDouble.of(1), rows);
    }
    double width = sigma > 0 ? sigma : Mmd.medianSigma(rows.reference());
    if (permutations == 0) {
      double value = Mmd.unbiased(rows.reference(), rows.current(), width);
      return score(value, OptionalDouble.empty(), rows);
    }
    int size = rows.reference().length + rows.current().length;
    int[][] dealt = PermutationResult.permutations(permutations, size, new SplittableRandom(seed));
    PermutationResult test = Mmd.test(rows.reference(), rows.current(), dealt, width);
    return score(test.statistic(), OptionalDouble.of(test.validPValue()), rows);
  }

  @Override
  public Direction direction() {
    return Direction.HIGH;
  }

  private static Score score(double value, OptionalDouble pValue, CompleteRows rows) {
    return new Score(value, pValue, rows.reference().length, rows.current().length, rows.columns());
  }
}
