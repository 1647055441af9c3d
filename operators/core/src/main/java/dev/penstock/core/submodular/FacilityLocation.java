package dev.penstock.core.submodular;

/**
 * The sum over all elements of the similarity to the most similar one in the set. {@code O(n)} for
 * a gain. Mirzasoleiman et al.: Distributed Submodular Maximization, NIPS 2013.
 */
public final class FacilityLocation implements SetFunction {

  private final Similarity similarity;
  private final double[] best;

  public FacilityLocation(Similarity similarity) {
    this.similarity = similarity;
    best = new double[similarity.size()];
  }

  @Override
  public int size() {
    return best.length;
  }

  @Override
  public double gain(int element) {
    double gain = 0;
    for (int i = 0; i < best.length; i++) {
      gain += Math.max(0, similarity.of(i, element) - best[i]);
    }
    return gain;
  }

  @Override
  public void add(int element) {
    for (int i = 0; i < best.length; i++) {
      best[i] = Math.max(best[i], similarity.of(i, element));
    }
  }

  /** The function of the set. */
  public double value() {
    double value = 0;
    for (double similarityOfBest : best) {
      value += similarityOfBest;
    }
    return value;
  }
}
