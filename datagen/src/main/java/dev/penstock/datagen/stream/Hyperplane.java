package dev.penstock.datagen.stream;

import java.util.SplittableRandom;

/**
 * A rotating hyperplane (Hulten, Spencer and Domingos, Mining Time-Changing Data Streams, KDD
 * 2001): class 1 if the weighted sum of features in [0, 1) is above half the sum of weights. Each
 * concept has weights of its own.
 *
 * @param features number of features
 * @param noise share of labels that are flipped
 * @param seed of the concepts
 */
public record Hyperplane(int features, double noise, long seed) implements LabelledStream {

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public int draw(double concept, SplittableRandom random, float[] values) {
    int whole = (int) concept;
    double part = concept - whole;
    SplittableRandom from = new SplittableRandom(seed + whole);
    SplittableRandom to = new SplittableRandom(seed + whole + 1);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
      double weight = weight(from) * (1 - part) + weight(to) * part;
      sum += weight * (values[i] - 0.5);
    }
    int label = sum > 0 ? 1 : 0;
    return random.nextDouble() < noise ? 1 - label : label;
  }

  private static double weight(SplittableRandom random) {
    return 2 * random.nextDouble() - 1;
  }
}
