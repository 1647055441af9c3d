package dev.penstock.worker.downsampling;

import dev.penstock.core.downsampling.Kept;
import dev.penstock.core.sampling.Ratio;

/** Keeps some of some samples. */
interface Downsampler {

  /**
   * What a choice depends on beside the samples and the model.
   *
   * @param epoch from 1
   * @param seed of the task, the same in all epochs
   * @param scope number of the samples that are chosen from, a class or a part
   */
  record Draw(int epoch, long seed, long scope) {}

  /**
   * Keeps the share of samples.
   *
   * @param members indexes in the buffer
   * @return what is kept, by the index among the members
   */
  Kept keep(int[] members, Ratio ratio, Draw draw) throws InterruptedException;

  /** Members that it can compare with each other at once. */
  default int partSize() {
    return Integer.MAX_VALUE;
  }
}
