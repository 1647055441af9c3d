package dev.penstock.core.downsampling;

import dev.penstock.core.downsampling.OrthogonalMatchingPursuit.Fit;
import dev.penstock.core.downsampling.OrthogonalMatchingPursuit.Settings;
import dev.penstock.core.downsampling.OrthogonalMatchingPursuit.Signs;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.stats.MeanRow;
import dev.penstock.core.stats.Require;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Keeps samples whose weighed gradients add up to the mean gradient of all. Killamsetty et al.:
 * GRAD-MATCH, ICML 2021, by {@link OrthogonalMatchingPursuit} as in DeepCore and Modyn. Samples of
 * weight 0 are left out, so that fewer may be kept than the share; where all would be, they all
 * count the same.
 *
 * @param penalty on the squared weights, positive; 1 in Modyn
 */
public record GradMatch(double penalty) {

  public GradMatch {
    Require.positive("penalty", penalty);
  }

  /** Keeps at most the share of the samples. */
  public Kept keep(double[][] gradients, Ratio ratio) {
    int count = ratio.kept(gradients.length);
    if (count == 0) {
      return Kept.equally(new int[0]);
    }
    Fit fit =
        OrthogonalMatchingPursuit.fit(
            gradients,
            MeanRow.of(gradients),
            new Settings(count, penalty, 0, Signs.NON_NEGATIVE_AT_LAST));
    double[] weights = fit.coefficients();
    int[] weighed =
        IntStream.range(0, weights.length).filter(i -> (float) weights[i] > 0).toArray();
    if (weighed.length == 0) {
      return Kept.equally(Arrays.stream(fit.atoms()).sorted().toArray());
    }
    return Kept.sorted(
        IntStream.of(weighed).map(i -> fit.atoms()[i]).toArray(), ByClass.at(weights, weighed));
  }
}
