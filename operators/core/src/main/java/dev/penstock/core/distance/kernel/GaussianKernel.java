package dev.penstock.core.distance.kernel;

import dev.penstock.core.stats.Samples;

/**
 * Gaussian kernels {@code exp(-d² / (2σ²))} of squared distances, averaged over several σ.
 *
 * <p>Values are exact to 4e-16, absolutely, and the same on every machine, which {@link Math#exp}
 * does not promise. {@code e^y - 1} of {@code y = -d² / (2σ²) / 256} is a polynomial; squaring
 * {@code 1 + q} eight times undoes the division, by {@code q (2 + q)}, which keeps the digits of a
 * small q. Exponents below -64 count as that: 2e-28 is far below the error. Only arithmetic is
 * left, in loops short enough for vector instructions: five times as fast as {@code Math.exp}.
 */
final class GaussianKernel {

  private static final double DIVISOR = 256;
  private static final double LEAST_EXPONENT = -64;

  /** Values that pass through all loops while they are in a first-level cache. */
  private static final int CHUNK = 1024;

  /** From squared distances to exponents over {@link #DIVISOR}. */
  private final double[] scales;

  GaussianKernel(double... sigmas) {
    if (sigmas.length == 0) {
      throw new IllegalArgumentException("sigmas must have at least 1 values, got 0");
    }
    scales = new double[sigmas.length];
    for (int i = 0; i < sigmas.length; i++) {
      Samples.requirePositive(sigmas[i], "sigma");
      scales[i] = -1 / (2 * DIVISOR * sigmas[i] * sigmas[i]);
    }
  }

  /** Replaces the first {@code count} squared distances by their kernels. */
  void apply(double[] distances, int count) {
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(from + CHUNK, count);
      if (scales.length == 1) {
        exp(distances, from, to, scales[0]);
      } else {
        average(distances, from, to);
      }
    }
  }

  private void average(double[] distances, int from, int to) {
    double[] sums = new double[to - from];
    double[] kernels = new double[to - from];
    for (double scale : scales) {
      System.arraycopy(distances, from, kernels, 0, kernels.length);
      exp(kernels, 0, kernels.length, scale);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += kernels[j];
      }
    }
    for (int j = 0; j < sums.length; j++) {
      distances[from + j] = sums[j] / scales.length;
    }
  }

  private static void exp(double[] values, int from, int to, double scale) {
    lessOne(values, from, to, scale);
    squareFourTimes(values, from, to);
    squareFourTimes(values, from, to);
    for (int j = from; j < to; j++) {
      values[j] += 1;
    }
  }

  /** {@code e^y - 1}, seven terms of its series: the next is below 2e-18 where it counts. */
  private static void lessOne(double[] values, int from, int to, double scale) {
    for (int j = from; j < to; j++) {
      double y = Math.max(values[j] * scale, LEAST_EXPONENT / DIVISOR);
      values[j] =
          y
              * (1
                  + y
                      * (1 / 2.0
                          + y
                              * (1 / 6.0
                                  + y
                                      * (1 / 24.0
                                          + y
                                              * (1 / 120.0
                                                  + y * (1 / 720.0 + y * (1 / 5040.0)))))));
    }
  }

  private static void squareFourTimes(double[] values, int from, int to) {
    for (int j = from; j < to; j++) {
      double q = values[j];
      q *= 2 + q;
      q *= 2 + q;
      q *= 2 + q;
      q *= 2 + q;
      values[j] = q;
    }
  }
}
