package dev.penstock.datagen.stream;

import java.util.SplittableRandom;

/**
 * A source of labelled samples of a drifting concept. The same seed gives the same samples on every
 * machine.
 */
public interface LabelledStream {

  /** Features of a sample. */
  int features();

  /** Number of classes. */
  int classes();

  /**
   * Draws a sample.
   *
   * @param concept k: the k-th concept; between two: on the way from one to the other
   * @param features to be filled
   * @return the class
   */
  int draw(double concept, SplittableRandom random, float[] features);

  /** Normally distributed, by Box and Muller (1958): the JDK's own may change with its version. */
  static double gaussian(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    double v = random.nextDouble();
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * StrictMath.PI * v);
  }
}
