package dev.penstock.core.evaluation;

/**
 * Accuracy beyond saying the last label again: {@code (p - p_no-change) / (1 - p_no-change)}
 * (Žliobaitė et al., Evaluation methods and decision theory for classification of streaming data
 * with temporal dependence, Machine Learning 98, 2015).
 */
public final class KappaTemporal {

  private KappaTemporal() {}

  /** Where the label never changes nothing can be better: 0, no merit, no blame. */
  public static double of(double accuracy, double noChangeAccuracy) {
    return noChangeAccuracy == 1 ? 0 : (accuracy - noChangeAccuracy) / (1 - noChangeAccuracy);
  }
}
