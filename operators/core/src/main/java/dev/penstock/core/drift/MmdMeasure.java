package dev.penstock.core.drift;

import dev.penstock.core.criterion.Direction;
import dev.penstock.core.distance.kernel.Mmd;
import dev.penstock.core.distance.kernel.PermutationResult;
import dev.penstock.core.drift.RowComparison.Against;
import dev.penstock.core.drift.RowComparison.Verdict;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Unbiased squared maximum mean discrepancy, 0 where nothing can be compared. */
final class MmdMeasure implements DriftMeasure {

  private static final int LEAST_ROWS = 2;

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
  public Prepared prepare(double[][] reference) {
    Verdict none =
        new Verdict(0, permutations == 0 ? OptionalDouble.empty() : OptionalDouble.of(1));
    return new RowComparison(
        reference,
        new RowComparison.Settings(scaling, LEAST_ROWS, LEAST_ROWS, none, this::against));
  }

  private Against against(double[][] reference) {
    double width = sigma > 0 ? sigma : Mmd.medianSigma(reference);
    if (permutations == 0) {
      Mmd.Reference mmd = new Mmd.Reference(reference, width);
      return (current, seed) -> new Verdict(mmd.unbiased(current), OptionalDouble.empty());
    }
    return (current, seed) -> {
      int size = reference.length + current.length;
      int[][] dealt =
          PermutationResult.permutations(permutations, size, new SplittableRandom(seed));
      PermutationResult test = Mmd.test(reference, current, dealt, width);
      return new Verdict(test.statistic(), OptionalDouble.of(test.validPValue()));
    };
  }

  @Override
  public Direction direction() {
    return Direction.HIGH;
  }
}
