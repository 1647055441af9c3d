package dev.penstock.core.stats;

import java.util.random.RandomGenerator;

/** Samples of a normal law. */
public final class Gaussian {

  private Gaussian() {}

  /** Of standard deviation 1. */
  public static double[] sample(int size, double mean, RandomGenerator random) {
    double[] sample = new double[size];
    for (int i = 0; i < size; i++) {
      sample[i] = mean + random.nextGaussian();
    }
    return sample;
  }
}
