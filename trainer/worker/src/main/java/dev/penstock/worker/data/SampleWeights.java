package dev.penstock.worker.data;

import java.util.Optional;

/**
 * How much each sample of a buffer counts in the loss {@code L = Σ lᵢ wᵢ / Σ wᵢ} of a batch: only
 * ratios within a batch matter. Immutable.
 */
public final class SampleWeights {

  /** All samples count the same, which costs nothing. */
  public static final SampleWeights EQUAL = new SampleWeights(Optional.empty());

  private final Optional<float[]> byIndex;

  private SampleWeights(Optional<float[]> byIndex) {
    this.byIndex = byIndex;
  }

  /**
   * Weights of samples.
   *
   * @param byIndex one a sample of the buffer, finite and not negative
   */
  public static SampleWeights of(float[] byIndex) {
    for (float weight : byIndex) {
      if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("weight must be finite and not negative, got " + weight);
      }
    }
    return new SampleWeights(Optional.of(byIndex.clone()));
  }

  /** Weights if there are any, else all the same. */
  public static SampleWeights of(Optional<float[]> byIndex) {
    return byIndex.map(SampleWeights::of).orElse(EQUAL);
  }

  /** Whether all samples count the same. */
  public boolean isEqual() {
    return byIndex.isEmpty();
  }

  /** Weight of a sample. */
  public float of(int index) {
    return byIndex.isPresent() ? byIndex.get()[index] : 1;
  }

  /**
   * Shares of the samples {@code order[from]} to {@code order[from + size - 1]} in the sum of their
   * weights; all 0 if that is 0, so that such a batch teaches nothing.
   */
  public float[] shares(int[] order, int from, int size) {
    double sum = 0;
    for (int i = from; i < from + size; i++) {
      sum += of(order[i]);
    }
    float[] shares = new float[size];
    for (int i = 0; i < size && sum > 0; i++) {
      shares[i] = (float) (of(order[from + i]) / sum);
    }
    return shares;
  }
}
