package dev.penstock.core.sampling;

import dev.penstock.core.stats.Require;

/**
 * Keys for weighted choices without replacement: of the lowest k keys, each further one is a draw
 * with probability in proportion to the weights that are left.
 *
 * <p>With a uniform {@code u} the key is {@code -ln(1 - u) / weight}, an exponential variate of
 * rate {@code weight}; Efraimidis, Spirakis: Weighted Random Sampling with a Reservoir, Information
 * Processing Letters 97, 2006. Here {@code u} is a hash, and the key's logarithm is taken, so that
 * weights may be given as logarithms beyond the range of a double. A key depends on nothing but its
 * own sample, so a choice can be made in parts; with equal weights it is that of the lowest hashes.
 * {@code StrictMath}, since all machines must choose alike.
 */
public final class ExponentialKey {

  /** With 52 bits and half a unit, {@code u} is exact, so it is neither 0 nor 1. */
  private static final double TWO_MINUS_52 = 0x1p-52;

  /** More than a logarithm, an exponential and a few products are wrong by. */
  private static final double RELATIVE = 1e-12;

  private ExponentialKey() {}

  /**
   * The logarithm of a sample's key.
   *
   * @param hash all 64 bits uniform
   * @param logWeight natural logarithm of the weight, up to any number that all samples share
   * @throws IllegalArgumentException if the logarithm is not finite
   */
  public static double of(long hash, double logWeight) {
    Require.finite("log weight", logWeight);
    double u = ((hash >>> 12) + 0.5) * TWO_MINUS_52;
    return StrictMath.log(-StrictMath.log1p(-u)) - logWeight;
  }

  /**
   * A hash above which, unsigned, every sample that weighs no more than that has a key above {@code
   * key}. Whatever is rounded, it is none too low; a few hashes below it have keys above it, too.
   */
  public static long highestHash(double key, double logWeight) {
    double rounding = 4 * (Math.ulp(key) + Math.ulp(logWeight)) + RELATIVE;
    double u = -StrictMath.expm1(-StrictMath.exp(key + logWeight + rounding));
    double scaled = u * (1 + RELATIVE) * 0x1p52 + 1;
    return scaled >= 0x1p52 ? -1 : (((long) scaled) << 12) | 0xFFF;
  }
}
