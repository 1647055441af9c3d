package dev.penstock.core.downsampling;

import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.stats.Require;

/**
 * Downsampling batch by batch while reading: of each batch a share is kept, and as soon as a whole
 * batch has been kept, the model is updated with it. What is left at the end is less than a batch.
 *
 * @param batchSize samples of a batch, read and trained
 * @param ratio kept of each; the share must divide the batch size, and be less
 */
public record BatchThenSample(int batchSize, Ratio ratio) {

  public BatchThenSample {
    Require.atLeast("batch-size", batchSize, 1);
    int kept = (int) ratio.share(batchSize);
    Require.check(
        kept >= 1 && kept < batchSize && batchSize % kept == 0,
        "kept of a batch",
        "less than batch-size and a divisor of it, " + batchSize,
        kept);
  }

  /** Samples kept of each batch. */
  public int kept() {
    return (int) ratio.share(batchSize);
  }

  /** Batches that are read for an update. */
  public int batchesPerUpdate() {
    return batchSize / kept();
  }

  /** Updates by so many full batches. */
  public long updates(long batches) {
    return batches / batchesPerUpdate();
  }
}
