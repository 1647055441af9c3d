package dev.penstock.schemas.spec.training;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of features before they reach the network, and of labels before they are learned;
 * the model card has it, so that scoring does the same.
 *
 * @param log1p columns whose x becomes ln(1 + x), 0 where x is below 0; none: empty
 * @param normalization in place of statistics of the training set; empty: the training's scaling
 * @param logLabels whether a real label y is learned as ln(1 + y); predictions are brought back
 */
public record FeatureSpec(
    List<Integer> log1p, Optional<Normalization> normalization, boolean logLabels) {

  /** Everything as it is. */
  public static final FeatureSpec NONE =
      new FeatureSpec(List.of(), Optional.empty(), /* logLabels= */ false);

  public FeatureSpec {
    log1p = List.copyOf(log1p);
    requireNonNull(normalization, "normalization is null");
    Fields.check(
        log1p.stream().allMatch(column -> column >= 0), "log1p", "columns from 0 on", log1p);
  }

  /**
   * (x - mean) / std.
   *
   * @param mean one for all, one a channel of an image, or one a feature
   * @param std as many, all positive
   */
  public record Normalization(List<Double> mean, List<Double> std) {

    public Normalization {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      Fields.check(!mean.isEmpty(), "mean", "at least one number", mean);
      Fields.check(std.size() == mean.size(), "std", "as many as mean, " + mean.size(), std);
      Fields.check(std.stream().allMatch(s -> s > 0 && Double.isFinite(s)), "std", "positive", std);
    }
  }
}
