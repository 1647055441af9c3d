package dev.penstock.core.drift;

import dev.penstock.core.criterion.Direction;
import dev.penstock.core.hypothesis.MultipleTesting;
import dev.penstock.core.stats.Samples;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Aggregation;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * One score a column, made one of all. Of p-values, the smallest adjusted one is that of "no column
 * drifted": by Bonferroni however columns depend on each other, by Benjamini and Hochberg (which is
 * Simes' test then: An improved Bonferroni procedure, Biometrika 73, 1986) where they are
 * independent or positively dependent.
 */
final class ColumnMeasure implements DriftMeasure {

  private final ColumnDistance distance;
  private final Aggregation aggregation;
  private final double columnThreshold;

  ColumnMeasure(ColumnDistance distance, Aggregation aggregation, double columnThreshold) {
    this.distance = distance;
    this.aggregation = aggregation;
    this.columnThreshold = columnThreshold;
  }

  @Override
  public Prepared prepare(double[][] reference) {
    double[][] columns = new double[reference.length == 0 ? 0 : reference[0].length][];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = Samples.sorted(Columns.finite(reference, k));
    }
    return (current, seed) -> score(columns, reference.length, current);
  }

  /**
   * Scores samples.
   *
   * @param columns of the reference, usable values ascending
   * @param rows of the reference
   */
  private Score score(double[][] columns, int rows, double[][] current) {
    int width = current.length == 0 ? 0 : Math.min(columns.length, current[0].length);
    double[] scores = new double[width];
    Arrays.fill(scores, ofNoDrift());
    int compared = 0;
    for (int k = 0; k < width; k++) {
      double[] first = columns[k];
      double[] second = Columns.finite(current, k);
      if (first.length >= 2 && second.length >= 2) {
        double score = isOfPValues() ? distance.pValue(first, second) : distance.of(first, second);
        // Not so of a sum beyond the largest double.
        if (Double.isFinite(score)) {
          scores[k] = score;
          compared++;
        }
      }
    }
    double value = compared == 0 ? ofNoDrift() : aggregated(scores);
    return new Score(
        value,
        isOfPValues() ? OptionalDouble.of(value) : OptionalDouble.empty(),
        rows,
        current.length,
        compared);
  }

  @Override
  public Direction direction() {
    return isOfPValues() ? Direction.LOW : Direction.HIGH;
  }

  private boolean isOfPValues() {
    return aggregation == Aggregation.BONFERRONI || aggregation == Aggregation.BENJAMINI_HOCHBERG;
  }

  private double ofNoDrift() {
    return isOfPValues() ? 1 : 0;
  }

  private double aggregated(double[] scores) {
    return switch (aggregation) {
      case MEAN -> Arrays.stream(scores).average().orElse(0);
      case MAX -> Arrays.stream(scores).max().orElse(0);
      case SHARE ->
          (double) Arrays.stream(scores).filter(score -> score >= columnThreshold).count()
              / scores.length;
      case BONFERRONI -> Arrays.stream(MultipleTesting.bonferroni(scores)).min().orElse(1);
      case BENJAMINI_HOCHBERG ->
          Arrays.stream(MultipleTesting.benjaminiHochberg(scores)).min().orElse(1);
    };
  }
}
