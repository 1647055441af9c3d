package dev.penstock.core.drift;

import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec;

/** Makes drift measures of their specs: the only place that knows both. */
public final class DriftMeasures {

  private DriftMeasures() {}

  /** The measure that {@code spec} declares. */
  public static DriftMeasure of(DriftMetricSpec spec) {
    if (spec instanceof DriftMetricSpec.Univariate univariate) {
      return new ColumnMeasure(
          new ColumnDistance(univariate.distance(), univariate.bins().orElse(0)),
          univariate.aggregation(),
          univariate.columnThreshold().orElse(0.0));
    }
    if (spec instanceof DriftMetricSpec.Mmd mmd) {
      return new MmdMeasure(
          mmd.sigma().orElse(0.0), mmd.numPermutations().orElse(0), scaling(mmd.standardize()));
    }
    if (spec instanceof DriftMetricSpec.Lsdd lsdd) {
      return new LsddMeasure(
          lsdd.sigma().orElse(0.0),
          lsdd.numCentres().orElse(0),
          lsdd.largestDifference(),
          lsdd.numPermutations(),
          scaling(lsdd.standardize()));
    }
    if (spec instanceof DriftMetricSpec.Classifier) {
      return new ClassifierMeasure();
    }
    if (spec instanceof DriftMetricSpec.MeanDistance distance) {
      return new MeanDistanceMeasure(distance.norm(), scaling(distance.standardize()));
    }
    throw new IllegalArgumentException("No drift measure for " + spec);
  }

  private static CompleteRows.Scaling scaling(boolean standardize) {
    return standardize ? CompleteRows.Scaling.STANDARD : CompleteRows.Scaling.NONE;
  }
}
