package dev.penstock.schemas.spec.training.downsampling;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import java.util.Optional;

/**
 * Keeps some of the samples of a training set.
 *
 * @param method which ones
 * @param amount how many
 * @param mode whether of the whole set or of each batch
 * @param period epochs from one choice to the next; 0: one choice for all epochs
 * @param perClass whether every class is chosen from by itself
 */
public record DownsamplerSpec(
    DownsamplingMethod method, Amount amount, Mode mode, int period, boolean perClass) {

  public DownsamplerSpec {
    requireNonNull(method, "method is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(mode, "mode is null");
    Fields.atLeast("period", period, 0);
    if (mode == Mode.BATCH_THEN_SAMPLE) {
      Fields.check(!perClass, "per-class", "false with batch-then-sample", perClass);
      Fields.check(
          amount.samples().isEmpty(),
          "samples",
          "left out with batch-then-sample, whose ratio is of a batch",
          amount);
    }
  }

  /** When samples are chosen. */
  public enum Mode {
    /** Before an epoch, of the whole set. */
    SAMPLE_THEN_BATCH,
    /** In an epoch, of every batch. */
    BATCH_THEN_SAMPLE
  }

  /**
   * A share, or a number.
   *
   * @param ratio share of {@code ratioMax} of the samples
   * @param samples if given, so many of them, whatever the share
   */
  public record Amount(int ratio, int ratioMax, Optional<Integer> samples) {

    public Amount {
      requireNonNull(samples, "samples is null");
      Fields.atLeast("ratio-max", ratioMax, 1);
      Fields.check(
          ratio >= 1 && ratio <= ratioMax, "ratio", "from 1 to ratio-max " + ratioMax, ratio);
      samples.ifPresent(number -> Fields.atLeast("samples", number, 1));
    }

    @Override
    public String toString() {
      return samples.map(String::valueOf).orElse(ratio + "/" + ratioMax);
    }
  }

  /** Checks that updates of whole batches can be made of what is kept of each batch. */
  void checkBatch(int batchSize) {
    if (mode == Mode.BATCH_THEN_SAMPLE) {
      long kept = (long) batchSize * amount.ratio() / amount.ratioMax();
      Fields.check(
          kept >= 1 && kept < batchSize && batchSize % kept == 0,
          "downsampling",
          "batch-then-sample of a ratio of which a batch, "
              + batchSize
              + ", has fewer samples than all and a divisor of it",
          amount);
    }
  }
}
