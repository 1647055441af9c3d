package dev.penstock.schemas.spec.selection;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Size of a training set: a share of the samples in sight, in whole numbers so that no rounding
 * decides on a sample, but not more than a number of samples.
 *
 * @param ratio of {@code ratioMax}
 * @param ratioMax what a ratio of all is
 * @param samples at most; empty: no bound but the share
 */
public record SampleSize(int ratio, int ratioMax, Optional<Long> samples) {

  static final int PERCENT = 100;

  /** Decimals of a percentage, so that both numbers fit 32 bits. */
  private static final int MAX_DECIMALS = 6;

  /** All samples in sight. */
  public static final SampleSize ALL = new SampleSize(PERCENT, PERCENT, Optional.empty());

  public SampleSize {
    requireNonNull(samples, "samples is null");
    Fields.atLeast("ratio-max", ratioMax, 1);
    Fields.check(
        ratio >= 1 && ratio <= ratioMax, "ratio", "from 1 to ratio-max " + ratioMax, ratio);
    samples.ifPresent(bound -> Fields.check(bound >= 1, "samples", "positive", bound));
  }

  /** A number of samples. */
  public static SampleSize ofSamples(long samples) {
    return new SampleSize(PERCENT, PERCENT, Optional.of(samples));
  }

  /** Parses a share such as {@code 12.5%} or {@code 0.125}; empty: it is none. */
  static Optional<SampleSize> parseShare(String text) {
    try {
      BigDecimal share =
          text.endsWith("%")
              ? new BigDecimal(text.substring(0, text.length() - 1).strip()).movePointLeft(2)
              : new BigDecimal(text);
      BigDecimal exact = share.stripTrailingZeros();
      int decimals = Math.max(exact.scale(), 2);
      if (exact.signum() <= 0 || exact.compareTo(BigDecimal.ONE) > 0 || decimals > MAX_DECIMALS) {
        return Optional.empty();
      }
      int max = BigDecimal.ONE.movePointRight(decimals).intValueExact();
      int ratio = exact.movePointRight(decimals).intValueExact();
      return Optional.of(new SampleSize(ratio, max, Optional.empty()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the share is not all. */
  boolean isShare() {
    return ratio < ratioMax;
  }

  /** A share that {@link #parseShare} has read, as a percentage. */
  String percentage() {
    return new BigDecimal(ratio)
            .multiply(new BigDecimal(PERCENT))
            .divide(new BigDecimal(ratioMax))
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }
}
