package dev.penstock.core.sampling;

/** How often each of 100 samples was chosen, to tell whether all were as likely. */
public final class InclusionCounts {

  private static final int SAMPLES = 100;

  private final int[] counts = new int[SAMPLES];
  private int choices;

  /** Adds the samples of a choice. */
  public void add(int[] chosen) {
    for (int sample : chosen) {
      counts[sample]++;
    }
    choices++;
  }

  /**
   * χ² of 99 degrees of freedom of equal counts: 99.9 % of uniform choices of {@code k} are below
   * 148.2, and 0.1 % below 60.
   */
  public double chiSquare(int k) {
    double share = (double) k / SAMPLES;
    double expected = choices * share;
    double sum = 0;
    for (int count : counts) {
      // Without replacement: the variance of a count is n·p·(1 - p).
      sum += (count - expected) * (count - expected) / (expected * (1 - share));
    }
    return sum * (SAMPLES - 1) / SAMPLES;
  }
}
