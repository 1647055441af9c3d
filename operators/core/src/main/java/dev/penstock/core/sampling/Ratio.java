package dev.penstock.core.sampling;

import dev.penstock.core.stats.Require;

/**
 * A share of a set as Modyn declares it, {@code ratio / ratioMax}: 125 of 1000 is 12.5 %. Whole
 * numbers, so that no rounding decides on a sample.
 *
 * @param ratio from 0 to {@code ratioMax}
 * @param ratioMax at least 1; 100 in Modyn where it is not declared
 */
public record Ratio(int ratio, int ratioMax) {

  public Ratio {
    Require.atLeast("ratio-max", ratioMax, 1);
    Require.check(
        ratio >= 0 && ratio <= ratioMax, "ratio", "from 0 to ratio-max " + ratioMax, ratio);
  }

  /** A percentage. */
  public static Ratio percent(int ratio) {
    return new Ratio(ratio, 100);
  }

  /** {@code floor(ratio * samples / ratioMax)}, exact for any number of samples. */
  public long share(long samples) {
    Require.atLeast("samples", samples, 0);
    return samples / ratioMax * ratio + samples % ratioMax * ratio / ratioMax;
  }

  /** The share, but one sample at least where there is one: what a downsampler keeps. */
  public int kept(int samples) {
    return (int) Math.max(share(samples), Math.min(samples, 1));
  }
}
