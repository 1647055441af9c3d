package dev.penstock.core.drift;

import dev.penstock.core.distance.Binned;
import dev.penstock.core.distance.CdfDistances;
import dev.penstock.core.distance.DiscreteDistances;
import dev.penstock.core.hypothesis.Alternative;
import dev.penstock.core.hypothesis.Contingency;
import dev.penstock.core.hypothesis.Continuity;
import dev.penstock.core.hypothesis.CramerVonMises;
import dev.penstock.core.hypothesis.KolmogorovSmirnov;
import dev.penstock.core.hypothesis.MannWhitney;
import dev.penstock.core.hypothesis.PValueMethod;
import dev.penstock.core.hypothesis.TestResult;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Distance;
import java.util.stream.IntStream;

/**
 * The distance of two samples of one column, at least two finite values each.
 *
 * @param distance which one
 * @param bins of equal width for binned ones; 0: as evidently bins
 */
record ColumnDistance(Distance distance, int bins) {

  /** Up to so many values the exact law is fast enough to be asked for each column. */
  private static final int LARGEST_EXACT = 500;

  double of(double[] reference, double[] current) {
    return switch (distance) {
      case KS -> KolmogorovSmirnov.statistic(reference, current);
      case CRAMER_VON_MISES -> CramerVonMises.statisticTied(reference, current);
      case MANN_WHITNEY, CHI_SQUARE -> test(reference, current).statistic();
      case WASSERSTEIN -> CdfDistances.normedWasserstein(reference, current);
      case ENERGY -> CdfDistances.energy(reference, current);
      case PSI -> {
        Binned binned = binned(reference, current).withoutZeros();
        yield DiscreteDistances.populationStabilityIndex(binned.reference(), binned.current());
      }
      case KL -> {
        Binned binned = binned(reference, current).withoutZeros();
        yield DiscreteDistances.kullbackLeibler(binned.reference(), binned.current());
      }
      case JENSEN_SHANNON -> {
        Binned binned = binned(reference, current);
        yield DiscreteDistances.jensenShannonDistance(binned.reference(), binned.current());
      }
      case HELLINGER -> {
        Binned binned = binned(reference, current);
        yield DiscreteDistances.hellinger(binned.reference(), binned.current());
      }
      case TOTAL_VARIATION -> {
        Binned binned = binned(reference, current);
        yield DiscreteDistances.totalVariation(binned.reference(), binned.current());
      }
    };
  }

  /** Of tests only. */
  double pValue(double[] reference, double[] current) {
    return distance == Distance.KS
        ? KolmogorovSmirnov.test(
                reference, current, Alternative.TWO_SIDED, method(reference, current))
            .pValue()
        : test(reference, current).pValue();
  }

  private TestResult test(double[] reference, double[] current) {
    return switch (distance) {
      case CRAMER_VON_MISES -> CramerVonMises.testTied(reference, current);
      case MANN_WHITNEY -> mannWhitney(reference, current);
      case CHI_SQUARE -> chiSquare(reference, current);
      default -> throw new IllegalStateException("No test of " + distance);
    };
  }

  private static PValueMethod method(double[] reference, double[] current) {
    return Math.max(reference.length, current.length) <= LARGEST_EXACT
        ? PValueMethod.AUTO
        : PValueMethod.ASYMPTOTIC;
  }

  private static TestResult mannWhitney(double[] reference, double[] current) {
    TestResult test =
        MannWhitney.test(
            reference, current, Alternative.TWO_SIDED, PValueMethod.AUTO, Continuity.CORRECTED);
    double pairs = (double) reference.length * current.length;
    return new TestResult(Math.abs(2 * test.statistic() / pairs - 1), test.pValue());
  }

  /** With Cramér's V, {@code √(χ² / N)} of two rows, in place of the sum, which grows with N. */
  private TestResult chiSquare(double[] reference, double[] current) {
    Binned binned = binned(reference, current);
    int[] filled =
        IntStream.range(0, binned.reference().length)
            .filter(bin -> binned.reference()[bin] > 0 || binned.current()[bin] > 0)
            .toArray();
    long[][] table = {
      counts(binned.reference(), filled, reference.length),
      counts(binned.current(), filled, current.length)
    };
    Contingency.Result result = Contingency.chiSquare(table, Continuity.UNCORRECTED);
    double all = (double) reference.length + current.length;
    return new TestResult(Math.sqrt(result.statistic() / all), result.pValue());
  }

  private static long[] counts(double[] proportions, int[] bins, int size) {
    return IntStream.of(bins).mapToLong(bin -> Math.round(proportions[bin] * size)).toArray();
  }

  private Binned binned(double[] reference, double[] current) {
    return bins == 0
        ? Binned.evidently(reference, current)
        : Binned.equalWidth(reference, current, bins);
  }
}
