package dev.penstock.schemas.spec.trigger.drift;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.trigger.drift.CriterionSpec.Worse;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.Optional;

/** How far the current samples are from the reference, as one score. */
public sealed interface DriftMetricSpec {

  /** Its {@code type} in a pipeline file. */
  String type();

  /** Which scores mean drift: larger ones, but where the score is a p-value. */
  Worse worse();

  /** Whether the score comes with the p-value of "no drift". */
  boolean hasPValue();

  /**
   * A metric and what judges it.
   *
   * @param metric that scores
   * @param criterion that judges the scores
   */
  record Judged(DriftMetricSpec metric, CriterionSpec criterion) {

    public Judged {
      requireNonNull(metric, "metric is null");
      requireNonNull(criterion, "decision-criterion is null");
      if (criterion instanceof CriterionSpec.PValue && !metric.hasPValue()) {
        throw new IllegalArgumentException(
            "decision-criterion must not be p-value for a metric without p-values (a test needs"
                + " aggregation bonferroni or benjamini-hochberg, mmd needs num-permutations), got "
                + metric.type());
      }
      if (criterion instanceof CriterionSpec.PValue pValue) {
        checkPermutations(metric, pValue.alpha());
      }
      if (criterion instanceof CriterionSpec.Hysteresis hysteresis) {
        hysteresis.requireOrder("decision-criterion", metric.worse());
      }
    }

    /** Of B permutations the smallest p-value is 1 / (B + 1). */
    private static void checkPermutations(DriftMetricSpec metric, double alpha) {
      int permutations = Integer.MAX_VALUE;
      if (metric instanceof Mmd mmd) {
        permutations = mmd.numPermutations().orElse(permutations);
      } else if (metric instanceof Lsdd lsdd) {
        permutations = lsdd.numPermutations();
      }
      if (1 / (permutations + 1.0) >= alpha) {
        throw new IllegalArgumentException(
            "num-permutations must be at least %.0f for p-values below alpha %s, got %d"
                .formatted(Math.floor(1 / alpha), alpha, permutations));
      }
    }
  }

  /**
   * One score a column, made one of all.
   *
   * @param distance of a column's values
   * @param bins of equal width over both samples, at least 2, for binned distances; empty: as
   *     evidently bins, a bin for each of at most 20 values, else as many as Sturges' rule gives
   * @param aggregation of the columns' scores
   * @param columnThreshold score from which on a column counts as drifted, for {@link
   *     Aggregation#SHARE}; empty for others
   */
  record Univariate(
      Distance distance,
      Optional<Integer> bins,
      Aggregation aggregation,
      Optional<Double> columnThreshold)
      implements DriftMetricSpec {

    public Univariate {
      requireNonNull(distance, "type is null");
      requireNonNull(aggregation, "aggregation is null");
      if (bins.isPresent() && !distance.isBinned) {
        throw new IllegalArgumentException(
            "bins must not be given for " + YamlMap.kebab(distance) + ", got " + bins.get());
      }
      if (bins.orElse(2) < 2) {
        throw new IllegalArgumentException("bins must be at least 2, got " + bins.get());
      }
      if (aggregation.isOfPValues && !distance.isTest) {
        throw new IllegalArgumentException(
            "aggregation must be mean, max or share for %s, which has no p-values, got %s"
                .formatted(YamlMap.kebab(distance), YamlMap.kebab(aggregation)));
      }
      checkColumnThreshold(aggregation, columnThreshold);
    }

    private static void checkColumnThreshold(
        Aggregation aggregation, Optional<Double> columnThreshold) {
      if (aggregation == Aggregation.SHARE && columnThreshold.isEmpty()) {
        throw new IllegalArgumentException(
            "column-threshold must be given for aggregation share, such as 0.1");
      }
      if (aggregation != Aggregation.SHARE && columnThreshold.isPresent()) {
        throw new IllegalArgumentException(
            "column-threshold must not be given for aggregation %s, got %s"
                .formatted(YamlMap.kebab(aggregation), columnThreshold.get()));
      }
      columnThreshold.ifPresent(value -> checkPositive("column-threshold", value));
    }

    @Override
    public String type() {
      return YamlMap.kebab(distance);
    }

    @Override
    public Worse worse() {
      return aggregation.isOfPValues ? Worse.LOWER : Worse.HIGHER;
    }

    /** Only corrected for their number do the columns' p-values make one. */
    @Override
    public boolean hasPValue() {
      return aggregation.isOfPValues;
    }
  }

  /** Between the values of one column. */
  enum Distance {
    /** Kolmogorov-Smirnov statistic, in [0, 1]. */
    KS(/* isTest= */ true, /* isBinned= */ false),
    /** Cramér-von-Mises statistic. */
    CRAMER_VON_MISES(/* isTest= */ true, /* isBinned= */ false),
    /** Of the rank-sum U, how far P(x &lt; y) is from a half, doubled, in [0, 1]. */
    MANN_WHITNEY(/* isTest= */ true, /* isBinned= */ false),
    /** Of the counts in bins, Cramér's V, in [0, 1]. */
    CHI_SQUARE(/* isTest= */ true, /* isBinned= */ true),
    /** Wasserstein-1 over the reference's standard deviation. */
    WASSERSTEIN(/* isTest= */ false, /* isBinned= */ false),
    /** Energy distance, in the root of the column's unit. */
    ENERGY(/* isTest= */ false, /* isBinned= */ false),
    /** Population stability index. */
    PSI(/* isTest= */ false, /* isBinned= */ true),
    /** Kullback-Leibler divergence of the reference from the current samples, in nats. */
    KL(/* isTest= */ false, /* isBinned= */ true),
    /** Jensen-Shannon distance, the root of the divergence in nats. */
    JENSEN_SHANNON(/* isTest= */ false, /* isBinned= */ true),
    /** Hellinger distance, in [0, 1]. */
    HELLINGER(/* isTest= */ false, /* isBinned= */ true),
    /** Total variation distance, in [0, 1]. */
    TOTAL_VARIATION(/* isTest= */ false, /* isBinned= */ true);

    private final boolean isTest;
    private final boolean isBinned;

    Distance(boolean isTest, boolean isBinned) {
      this.isTest = isTest;
      this.isBinned = isBinned;
    }

    /** Whether there is a p-value. */
    public boolean isTest() {
      return isTest;
    }

    /** Whether values are counted in bins first. */
    public boolean isBinned() {
      return isBinned;
    }
  }

  /** How the columns' scores make one. */
  enum Aggregation {
    /** Their mean, as Modyn's. */
    MEAN(/* isOfPValues= */ false),
    /** The largest. */
    MAX(/* isOfPValues= */ false),
    /** The share of columns whose score reaches the column threshold. */
    SHARE(/* isOfPValues= */ false),
    /** The smallest p-value times their number: the score is a p-value. */
    BONFERRONI(/* isOfPValues= */ true),
    /** The smallest p-value adjusted by Benjamini and Hochberg: the score is a p-value. */
    BENJAMINI_HOCHBERG(/* isOfPValues= */ true);

    private final boolean isOfPValues;

    Aggregation(boolean isOfPValues) {
      this.isOfPValues = isOfPValues;
    }
  }

  /**
   * Unbiased squared maximum mean discrepancy of the rows, Gaussian kernel.
   *
   * @param sigma width of the kernel; empty: the median heuristic of the reference
   * @param numPermutations of the test that gives a p-value; empty: none
   * @param standardize divide columns by the reference's standard deviation first
   */
  record Mmd(Optional<Double> sigma, Optional<Integer> numPermutations, boolean standardize)
      implements DriftMetricSpec {

    public Mmd {
      sigma.ifPresent(value -> checkPositive("sigma", value));
      checkPositive("num-permutations", numPermutations.orElse(1));
    }

    @Override
    public String type() {
      return "mmd";
    }

    @Override
    public Worse worse() {
      return Worse.HIGHER;
    }

    @Override
    public boolean hasPValue() {
      return numPermutations.isPresent();
    }
  }

  /**
   * Least-squares density difference of the rows, always with a permutation test, by which its
   * regularization is chosen.
   *
   * @param sigma width of the kernels; empty: the median heuristic of the reference
   * @param numCentres kernels, on rows drawn from the reference; empty: a twentieth of its rows
   * @param largestDifference between two estimates that the regularization may cause, in (0, 1)
   * @param numPermutations of the test
   * @param standardize divide columns by the reference's standard deviation first
   */
  record Lsdd(
      Optional<Double> sigma,
      Optional<Integer> numCentres,
      double largestDifference,
      int numPermutations,
      boolean standardize)
      implements DriftMetricSpec {

    public Lsdd {
      sigma.ifPresent(value -> checkPositive("sigma", value));
      checkPositive("num-centres", numCentres.orElse(1));
      if (!(largestDifference > 0 && largestDifference < 1)) {
        throw new IllegalArgumentException(
            "largest-difference must be in (0, 1), got " + largestDifference);
      }
      checkPositive("num-permutations", numPermutations);
    }

    @Override
    public String type() {
      return "lsdd";
    }

    @Override
    public Worse worse() {
      return Worse.HIGHER;
    }

    @Override
    public boolean hasPValue() {
      return true;
    }
  }

  /**
   * How well a logistic regression tells current rows from reference rows: the area under its ROC
   * curve on rows held out, a half without drift, 1 at most.
   */
  record Classifier() implements DriftMetricSpec {

    @Override
    public String type() {
      return "classifier";
    }

    @Override
    public Worse worse() {
      return Worse.HIGHER;
    }

    @Override
    public boolean hasPValue() {
      return true;
    }
  }

  /**
   * How far apart the means of both windows lie.
   *
   * @param norm of their difference
   * @param standardize divide columns by the reference's standard deviation first
   */
  record MeanDistance(Norm norm, boolean standardize) implements DriftMetricSpec {

    public MeanDistance {
      requireNonNull(norm, "norm is null");
    }

    @Override
    public String type() {
      return "mean-distance";
    }

    @Override
    public Worse worse() {
      return Worse.HIGHER;
    }

    @Override
    public boolean hasPValue() {
      return false;
    }
  }

  /** How far apart two rows are, by SciPy's names. */
  enum Norm {
    EUCLIDEAN,
    /** Sum of the columns' differences. */
    CITYBLOCK,
    /** The largest of the columns' differences. */
    CHEBYSHEV,
    /** One less the cosine of the angle between them. */
    COSINE
  }

  private static void checkPositive(String field, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(field + " must be positive and finite, got " + value);
    }
  }

  private static void checkPositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " must be positive, got " + value);
    }
  }
}
