package dev.penstock.core.hypothesis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values adjusted for their number, in their order: of those, the ones below a level are
 * discoveries at it. Arguments are p-values in [0, 1], results too; others, and NaN, throw {@link
 * IllegalArgumentException}. As scipy's {@code false_discovery_control}.
 */
public final class MultipleTesting {

  private MultipleTesting() {}

  /** Bounds the chance of any false discovery: each times their number (Bonferroni, 1936). */
  public static double[] bonferroni(double[] pValues) {
    requireProbabilities(pValues);
    double[] adjusted = new double[pValues.length];
    for (int i = 0; i < adjusted.length; i++) {
      adjusted[i] = Math.min(pValues[i] * pValues.length, 1);
    }
    return adjusted;
  }

  /**
   * Bounds the share of false discoveries of independent tests: {@code min over j >= i of p(j) m /
   * j} (Benjamini and Hochberg, Controlling the false discovery rate, Journal of the Royal
   * Statistical Society B 57, 1995).
   */
  public static double[] benjaminiHochberg(double[] pValues) {
    return stepUp(pValues, /* factor= */ 1);
  }

  /**
   * Bounds the share of false discoveries of tests however dependent: that of Benjamini and
   * Hochberg times {@code Σ 1 / i} (Benjamini and Yekutieli, The control of the false discovery
   * rate in multiple testing under dependency, Annals of Statistics 29, 2001).
   */
  public static double[] benjaminiYekutieli(double[] pValues) {
    double harmonic = 0;
    for (int i = 1; i <= pValues.length; i++) {
      harmonic += 1.0 / i;
    }
    return stepUp(pValues, harmonic);
  }

  private static double[] stepUp(double[] pValues, double factor) {
    requireProbabilities(pValues);
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> pValues[index]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double least = 1;
    for (int rank = order.length; rank > 0; rank--) {
      int index = order[rank - 1];
      least = Math.min(least, pValues[index] * ((double) pValues.length / rank) * factor);
      adjusted[index] = least;
    }
    return adjusted;
  }

  private static void requireProbabilities(double[] pValues) {
    Arrays.stream(pValues)
        .filter(pValue -> !(pValue >= 0 && pValue <= 1))
        .findFirst()
        .ifPresent(
            pValue -> {
              throw new IllegalArgumentException("p-values must be in [0, 1], got " + pValue);
            });
  }
}
