package dev.penstock.core.submodular;

/**
 * How alike the set is to all elements, less how alike its elements are to each other: the gain is
 * the sum of the similarities to all, less twice those to the set. {@code O(1)} for a gain, {@code
 * O(n)} to add. Iyer, Bilmes: Submodular Optimization with Submodular Cover and Submodular Knapsack
 * Constraints, NIPS 2013.
 */
public final class GraphCut implements SetFunction {

  private final Similarity similarity;
  private final double[] toAll;
  private final double[] toSet;

  public GraphCut(Similarity similarity) {
    this.similarity = similarity;
    toAll = new double[similarity.size()];
    toSet = new double[similarity.size()];
    for (int element = 0; element < toAll.length; element++) {
      for (int i = 0; i < toAll.length; i++) {
        toAll[element] += similarity.of(i, element);
      }
    }
  }

  @Override
  public int size() {
    return toAll.length;
  }

  @Override
  public double gain(int element) {
    return toAll[element] - 2 * toSet[element];
  }

  @Override
  public void add(int element) {
    for (int i = 0; i < toSet.length; i++) {
      toSet[i] += similarity.of(i, element);
    }
  }
}
