package dev.penstock.core.drift;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares whole rows with a reference, of which what was made of its rows is kept while the
 * columns that can be compared stay the same.
 */
final class RowComparison implements DriftMeasure.Prepared {

  private final double[][] reference;
  private final Settings settings;
  private CompleteRows rows;
  private @Nullable Against against;

  /**
   * What is compared how.
   *
   * @param scaling of columns
   * @param leastReference rows without which nothing can be compared
   * @param leastCurrent likewise
   * @param ofNothing what is said then
   * @param against makes the comparison with a reference's rows
   */
  record Settings(
      CompleteRows.Scaling scaling,
      int leastReference,
      int leastCurrent,
      Verdict ofNothing,
      Function<double[][], Against> against) {}

  /** A reference of rows without gaps. */
  @FunctionalInterface
  interface Against {
    Verdict measure(double[][] current, long seed);
  }

  /** A score without what was compared. */
  record Verdict(double value, OptionalDouble pValue) {}

  RowComparison(double[][] reference, Settings settings) {
    this.reference = reference;
    this.settings = settings;
    this.rows = CompleteRows.of(reference, new int[0], settings.scaling);
  }

  @Override
  public Score measure(double[][] current, long seed) {
    int[] columns = CompleteRows.columns(reference, current);
    if (!Arrays.equals(columns, rows.columns())) {
      rows = CompleteRows.of(reference, columns, settings.scaling);
      against = null;
    }
    int size = rows.rows().length;
    double[][] others = rows.others(current);
    if (columns.length == 0
        || size < settings.leastReference
        || others.length < settings.leastCurrent) {
      return score(settings.ofNothing, others.length);
    }
    if (against == null) {
      against = settings.against.apply(rows.rows());
    }
    return score(against.measure(others, seed), others.length);
  }

  private Score score(Verdict verdict, int others) {
    return new Score(
        verdict.value, verdict.pValue, rows.rows().length, others, rows.columns().length);
  }
}
