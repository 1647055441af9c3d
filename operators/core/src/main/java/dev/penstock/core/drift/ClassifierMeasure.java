package dev.penstock.core.drift;

import dev.penstock.core.criterion.Direction;
import dev.penstock.core.distance.DomainClassifier;
import dev.penstock.core.distance.TestResult;
import java.util.OptionalDouble;

/** Area under the ROC curve of a domain classifier, a half where nothing can be compared. */
final class ClassifierMeasure implements DriftMeasure {

  @Override
  public Score measure(double[][] reference, double[][] current, long seed) {
    CompleteRows rows = CompleteRows.of(reference, current, CompleteRows.Scaling.NONE);
    TestResult test =
        rows.lackRows(DomainClassifier.LEAST_ROWS)
            ? new TestResult(0.5, 1)
            : DomainClassifier.test(rows.reference(), rows.current(), seed);
    return new Score(
        test.statistic(),
        OptionalDouble.of(test.pValue()),
        rows.reference().length,
        rows.current().length,
        rows.columns());
  }

  @Override
  public Direction direction() {
    return Direction.HIGH;
  }
}
