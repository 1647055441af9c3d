package dev.penstock.flink.observation;

import dev.penstock.schemas.Prediction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a serving system has said of a sample.
 *
 * @param predicted class index or value
 * @param probabilities of the classes; null: not known
 * @param modelVersion id of the version that said it; null: not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Served(float predicted, float @Nullable [] probabilities, @Nullable String modelVersion) {

  /**
   * What a message says; empty if it does not fit the labels.
   *
   * @param classes number of classes; 0: labels are no classes
   */
  static Optional<Served> of(Prediction message, int classes) {
    double predicted = ((Number) message.getPredicted()).doubleValue();
    List<Float> probabilities = message.getProbabilities();
    boolean fits =
        classes == 0
            ? Double.isFinite(predicted) && probabilities == null
            : message.getPredicted() instanceof Long && predicted >= 0 && predicted < classes;
    if (!fits || (probabilities != null && !areOf(classes, probabilities))) {
      return Optional.empty();
    }
    return Optional.of(
        new Served((float) predicted, array(probabilities), message.getModelVersion()));
  }

  private static boolean areOf(int classes, List<Float> probabilities) {
    return probabilities.size() == classes
        && probabilities.stream().allMatch(p -> p >= 0 && p <= 1);
  }

  private static float @Nullable [] array(@Nullable List<Float> values) {
    if (values == null) {
      return null;
    }
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
