package dev.penstock.core.submodular;

import java.util.ArrayList;
import java.util.List;

/**
 * The logarithm of the determinant of the similarities within the set: how diverse it is. An
 * element gains the logarithm of what the set leaves unexplained of it, {@code s_jj - s_jS S⁻¹
 * s_Sj}; Modyn takes the part that is explained, and so picks what is redundant.
 *
 * <p>The Cholesky factor of the similarities grows by a row for each element added (Chen, Zhang,
 * Zhou: Fast Greedy MAP Inference for Determinantal Point Process, NeurIPS 2018): {@code O(1)} for
 * a gain, {@code O(n |S|)} to add, memory {@code O(n |S|)}.
 */
public final class LogDeterminant implements SetFunction {

  /** Less than this of an element is rounding: all that the set explains are alike. */
  private static final double NOTHING = 1e-9;

  private final Similarity similarity;
  private final double[] unexplained;

  /** A row for each element of the set, over all elements. */
  private final List<double[]> factor = new ArrayList<>();

  public LogDeterminant(Similarity similarity) {
    this.similarity = similarity;
    unexplained = new double[similarity.size()];
    for (int i = 0; i < unexplained.length; i++) {
      unexplained[i] = similarity.of(i, i);
    }
  }

  @Override
  public int size() {
    return unexplained.length;
  }

  @Override
  public double gain(int element) {
    return StrictMath.log(Math.max(unexplained[element], NOTHING));
  }

  @Override
  public void add(int element) {
    if (unexplained[element] <= NOTHING) {
      // It adds no direction; a row of it would divide rounding by rounding.
      return;
    }
    double root = Math.sqrt(unexplained[element]);
    double[] row = new double[unexplained.length];
    for (int i = 0; i < row.length; i++) {
      double rest = similarity.of(i, element);
      for (double[] before : factor) {
        rest -= before[i] * before[element];
      }
      row[i] = rest / root;
      unexplained[i] -= row[i] * row[i];
    }
    factor.add(row);
  }
}
