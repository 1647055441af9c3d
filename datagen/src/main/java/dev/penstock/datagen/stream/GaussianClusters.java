package dev.penstock.datagen.stream;

import java.util.SplittableRandom;

/**
 * A normally distributed cluster a class, of standard deviation 1, whose centre lies elsewhere in
 * each concept.
 *
 * @param features number of features
 * @param classes number of classes
 * @param spread centres lie in ±spread
 * @param seed of the centres
 */
public record GaussianClusters(int features, int classes, double spread, long seed)
    implements LabelledStream {

  @Override
  public int draw(double concept, SplittableRandom random, float[] values) {
    int label = random.nextInt(classes);
    int whole = (int) concept;
    double part = concept - whole;
    SplittableRandom from = centre(whole, label);
    SplittableRandom to = centre(whole + 1, label);
    for (int i = 0; i < values.length; i++) {
      double centre = coordinate(from) * (1 - part) + coordinate(to) * part;
      values[i] = (float) (centre + LabelledStream.gaussian(random));
    }
    return label;
  }

  private SplittableRandom centre(int concept, int label) {
    return new SplittableRandom(seed + 1_000_003L * concept + label);
  }

  private double coordinate(SplittableRandom random) {
    return spread * (2 * random.nextDouble() - 1);
  }
}
