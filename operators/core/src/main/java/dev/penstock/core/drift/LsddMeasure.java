package dev.penstock.core.drift;

import dev.penstock.core.criterion.Direction;
import dev.penstock.core.distance.Lsdd;
import dev.penstock.core.distance.Mmd;
import dev.penstock.core.distance.PermutationResult;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Least-squares density difference, 0 where nothing can be compared. The centres of its kernels are
 * drawn from the reference, whose other rows are compared.
 */
final class LsddMeasure implements DriftMeasure {

  /** A row for the centre, and two to compare. */
  private static final int LEAST_REFERENCE = 3;

  /** Of the reference's rows one in so many is a centre by default, as alibi-detect's. */
  private static final int ROWS_A_CENTRE = 20;

  private final double sigma;
  private final int centres;
  private final double largestDifference;
  private final int permutations;
  private final CompleteRows.Scaling scaling;

  /**
   * A measure.
   *
   * @param sigma width of the kernels; 0: by the median heuristic of the reference
   * @param centres 0: one in 20 rows of the reference
   */
  LsddMeasure(
      double sigma,
      int centres,
      double largestDifference,
      int permutations,
      CompleteRows.Scaling scaling) {
    this.sigma = sigma;
    this.centres = centres;
    this.largestDifference = largestDifference;
    this.permutations = permutations;
    this.scaling = scaling;
  }

  @Override
  public Score measure(double[][] reference, double[][] current, long seed) {
    CompleteRows rows = CompleteRows.of(reference, current, scaling);
    int size = rows.reference().length;
    if (rows.lackRows(2) || size < LEAST_REFERENCE) {
      return new Score(0, OptionalDouble.of(1), size, rows.current().length, rows.columns());
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = PermutationResult.permutations(1, size, random)[0];
    double[][] dealt =
        Arrays.stream(order).mapToObj(i -> rows.reference()[i]).toArray(double[][]::new);
    int kernels = Math.max(centres > 0 ? centres : size / ROWS_A_CENTRE, 1);
    int taken = Math.min(kernels, size - 2);
    double[][] rest = Arrays.copyOfRange(dealt, taken, size);
    double width = sigma > 0 ? sigma : Mmd.medianSigma(rows.reference());
    PermutationResult test =
        Lsdd.test(
            rest,
            rows.current(),
            Arrays.copyOf(dealt, taken),
            width,
            largestDifference,
            PermutationResult.permutations(
                permutations, rest.length + rows.current().length, random));
    return new Score(
        test.statistic(),
        OptionalDouble.of(test.validPValue()),
        size,
        rows.current().length,
        rows.columns());
  }

  @Override
  public Direction direction() {
    return Direction.HIGH;
  }
}
