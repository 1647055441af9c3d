package dev.penstock.core.drift;

import dev.penstock.core.criterion.Direction;
import dev.penstock.core.distance.kernel.Lsdd;
import dev.penstock.core.distance.kernel.Mmd;
import dev.penstock.core.distance.kernel.PermutationResult;
import dev.penstock.core.drift.RowComparison.Against;
import dev.penstock.core.drift.RowComparison.Verdict;
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

  private static final int LEAST_CURRENT = 2;

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
  public Prepared prepare(double[][] reference) {
    return new RowComparison(
        reference,
        new RowComparison.Settings(
            scaling,
            LEAST_REFERENCE,
            LEAST_CURRENT,
            new Verdict(0, OptionalDouble.of(1)),
            this::against));
  }

  private Against against(double[][] reference) {
    double width = sigma > 0 ? sigma : Mmd.medianSigma(reference);
    int kernels = Math.max(centres > 0 ? centres : reference.length / ROWS_A_CENTRE, 1);
    int taken = Math.min(kernels, reference.length - 2);
    return (current, seed) -> {
      SplittableRandom random = new SplittableRandom(seed);
      int[] order = PermutationResult.permutations(1, reference.length, random)[0];
      double[][] dealt = Arrays.stream(order).mapToObj(i -> reference[i]).toArray(double[][]::new);
      double[][] rest = Arrays.copyOfRange(dealt, taken, dealt.length);
      int[][] permuted =
          PermutationResult.permutations(permutations, rest.length + current.length, random);
      PermutationResult test =
          Lsdd.test(rest, current, Arrays.copyOf(dealt, taken), width, largestDifference, permuted);
      return new Verdict(test.statistic(), OptionalDouble.of(test.validPValue()));
    };
  }

  @Override
  public Direction direction() {
    return Direction.HIGH;
  }
}
