package dev.penstock.worker.training;

import dev.penstock.schemas.spec.training.ClassWeights;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleWeights;
import java.util.Arrays;
import java.util.Optional;

/** What samples count in the loss: their own weights times those of their classes. */
final class LossWeights {

  private LossWeights() {}

  /**
   * The products.
   *
   * @param trained indexes of the samples that are trained on
   */
  static SampleWeights of(
      Optional<ClassWeights> classes, SampleWeights own, SampleBuffer samples, int[] trained) {
    if (classes.isEmpty()) {
      return own;
    }
    int count = 1 + (int) Arrays.stream(trained).mapToDouble(samples::label).max().orElse(0);
    double[] byClass =
        classes.get() instanceof ClassWeights.Given given
            ? given.weights().stream().mapToDouble(Double::doubleValue).toArray()
            : balanced(samples, trained, count);
    float[] weights = new float[samples.size()];
    for (int index : trained) {
      weights[index] = (float) (own.of(index) * byClass[(int) samples.label(index)]);
    }
    return SampleWeights.of(weights);
  }

  /** Only ratios matter, so that the number of classes need not be known. */
  private static double[] balanced(SampleBuffer samples, int[] trained, int classes) {
    long[] counts = new long[classes];
    for (int index : trained) {
      counts[(int) samples.label(index)]++;
    }
    double[] weights = new double[classes];
    for (int c = 0; c < classes; c++) {
      weights[c] = counts[c] == 0 ? 0 : (double) trained.length / counts[c];
    }
    return weights;
  }
}
