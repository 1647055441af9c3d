package dev.penstock.datagen.stream;

import java.util.SplittableRandom;

/**
 * SEA concepts (Street and Kim, A Streaming Ensemble Algorithm, KDD 2001): three features in [0,
 * 10), of which the first two decide: class 1 if their sum is at most the concept's threshold.
 *
 * @param noise share of labels that are flipped
 */
public record Sea(double noise) implements LabelledStream {

  private static final double[] THRESHOLDS = {8, 9, 7, 9.5};

  @Override
  public int features() {
    return 3;
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public int draw(double concept, SplittableRandom random, float[] features) {
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) (10 * random.nextDouble());
    }
    int label = features[0] + features[1] <= threshold(concept) ? 1 : 0;
    return random.nextDouble() < noise ? 1 - label : label;
  }

  private static double threshold(double concept) {
    int whole = (int) concept;
    double part = concept - whole;
    double from = THRESHOLDS[whole % THRESHOLDS.length];
    double to = THRESHOLDS[(whole + 1) % THRESHOLDS.length];
    return from + part * (to - from);
  }
}
