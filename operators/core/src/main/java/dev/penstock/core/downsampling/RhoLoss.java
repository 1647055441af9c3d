package dev.penstock.core.downsampling;

import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.stats.Require;

/**
 * Keeps the samples of which most can still be learnt: those of the highest loss beyond what a
 * model that was trained on held-out samples cannot avoid either.
 *
 * <p>Mindermann et al.: Prioritized Training on Points that are Learnable, Worth Learning, and Not
 * Yet Learnt, ICML 2022.
 */
public final class RhoLoss {

  private RhoLoss() {}

  /** Losses of the current model less those of the held-out one, which are irreducible. */
  public static double[] reducible(double[] losses, double[] irreducible) {
    Require.check(
        losses.length == irreducible.length,
        "irreducible losses",
        "as many as losses, " + losses.length,
        irreducible.length);
    double[] reducible = new double[losses.length];
    for (int i = 0; i < losses.length; i++) {
      reducible[i] = losses[i] - irreducible[i];
    }
    return reducible;
  }

  /** Keeps the share of the highest reducible losses. */
  public static Kept keep(double[] reducible, Ratio ratio) {
    double[] keys = new double[reducible.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = -reducible[i];
    }
    return Kept.equally(LowestKeys.indexes(keys, ratio.kept(keys.length)));
  }
}
