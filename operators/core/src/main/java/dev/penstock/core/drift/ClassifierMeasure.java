package dev.penstock.core.drift;

import dev.penstock.core.criterion.Direction;
import dev.penstock.core.distance.DomainClassifier;
import dev.penstock.core.drift.RowComparison.Against;
import dev.penstock.core.drift.RowComparison.Verdict;
import dev.penstock.core.hypothesis.TestResult;
import java.util.OptionalDouble;

/** Area under the ROC curve of a domain classifier, a half where nothing can be compared. */
final class ClassifierMeasure implements DriftMeasure {

  @Override
  public Prepared prepare(double[][] reference) {
    return new RowComparison(
        reference,
        new RowComparison.Settings(
            CompleteRows.Scaling.NONE,
            DomainClassifier.LEAST_ROWS,
            DomainClassifier.LEAST_ROWS,
            verdict(new TestResult(0.5, 1)),
            ClassifierMeasure::against));
  }

  private static Against against(double[][] reference) {
    return (current, seed) -> verdict(DomainClassifier.test(reference, current, seed));
  }

  private static Verdict verdict(TestResult test) {
    return new Verdict(test.statistic(), OptionalDouble.of(test.pValue()));
  }

  @Override
  public Direction direction() {
    return Direction.HIGH;
  }
}
