package dev.penstock.core.drift;

import dev.penstock.core.criterion.Direction;
import dev.penstock.core.drift.RowComparison.Against;
import dev.penstock.core.drift.RowComparison.Verdict;
import dev.penstock.core.stats.MeanRow;
import dev.penstock.core.stats.Sums;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Norm;
import java.util.OptionalDouble;

/**
 * Distance of the mean rows, 0 where nothing can be compared: what evidently calls embedding drift
 * by distance, with SciPy's definitions. {@code O(rows)}; it sees that a mean has moved, and
 * nothing else.
 */
final class MeanDistanceMeasure implements DriftMeasure {

  private static final int LEAST_ROWS = 2;

  private final Norm norm;
  private final CompleteRows.Scaling scaling;

  MeanDistanceMeasure(Norm norm, CompleteRows.Scaling scaling) {
    this.norm = norm;
    this.scaling = scaling;
  }

  @Override
  public Prepared prepare(double[][] reference) {
    return new RowComparison(
        reference,
        new RowComparison.Settings(scaling, LEAST_ROWS, LEAST_ROWS, verdict(0), this::against));
  }

  private Against against(double[][] reference) {
    double[] centre = MeanRow.of(reference);
    return (current, seed) -> verdict(distance(centre, MeanRow.of(current)));
  }

  private static Verdict verdict(double distance) {
    return new Verdict(distance, OptionalDouble.empty());
  }

  private double distance(double[] x, double[] y) {
    if (norm == Norm.COSINE) {
      return cosineDistance(x, y);
    }
    double distance = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = Math.abs(x[i] - y[i]);
      distance =
          switch (norm) {
            case EUCLIDEAN -> distance + difference * difference;
            case CITYBLOCK -> distance + difference;
            case CHEBYSHEV -> Math.max(distance, difference);
            case COSINE -> throw new IllegalStateException("No norm");
          };
    }
    return norm == Norm.EUCLIDEAN ? Math.sqrt(distance) : distance;
  }

  /** A row of zeros has no direction: it is as far as can be from all but another one. */
  private static double cosineDistance(double[] x, double[] y) {
    double xx = Sums.ofProducts(x, x, x.length);
    double yy = Sums.ofProducts(y, y, y.length);
    if (xx == 0 || yy == 0) {
      return xx == yy ? 0 : 1;
    }
    return 1 - Sums.ofProducts(x, y, x.length) / Math.sqrt(xx * yy);
  }

  @Override
  public Direction direction() {
    return Direction.HIGH;
  }
}
