package dev.penstock.core.distance;

import dev.penstock.core.hypothesis.Alternative;
import dev.penstock.core.hypothesis.Continuity;
import dev.penstock.core.hypothesis.MannWhitney;
import dev.penstock.core.hypothesis.PValueMethod;
import dev.penstock.core.hypothesis.TestResult;

/**
 * The area under the ROC curve of scores: the share of pairs in which the positive scores higher,
 * ties counted half, in [0, 1]. It is the Mann-Whitney statistic over the number of pairs (Hanley
 * and McNeil, The meaning and use of the area under a receiver operating characteristic curve,
 * Radiology 143, 1982). As scikit-learn's {@code roc_auc_score}.
 */
public final class RocAuc {

  private RocAuc() {}

  /**
   * The area, with the one-sided p-value of scores that tell nothing.
   *
   * @param positives scores that should be high
   * @param negatives scores that should be low
   * @return all NaN where a class has no score or a score is NaN
   */
  public static TestResult test(double[] positives, double[] negatives) {
    if (positives.length == 0 || negatives.length == 0) {
      return TestResult.UNDEFINED;
    }
    TestResult test =
        MannWhitney.test(
            positives, negatives, Alternative.GREATER, PValueMethod.AUTO, Continuity.CORRECTED);
    double pairs = (double) positives.length * negatives.length;
    return new TestResult(test.statistic() / pairs, test.pValue());
  }
}
