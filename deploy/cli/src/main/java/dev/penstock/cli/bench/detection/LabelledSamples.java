package dev.penstock.cli.bench.detection;

import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.LabelledStream;
import java.util.SplittableRandom;

/**
 * Samples of a drifting stream, as {@code penstock generate} draws them.
 *
 * @param classes number of classes
 * @param features by sample
 * @param labels by sample
 */
record LabelledSamples(int classes, float[][] features, int[] labels) {

  static LabelledSamples draw(LabelledStream stream, DriftSchedule drift, int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] features = new float[samples][stream.features()];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = stream.draw(drift.concept(i, random), random, features[i]);
    }
    return new LabelledSamples(stream.classes(), features, labels);
  }
}
