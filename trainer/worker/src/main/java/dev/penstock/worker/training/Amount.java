package dev.penstock.worker.training;

import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.worker.loop.Progress;

/**
 * How much is trained.
 *
 * @param epochs whole passes, if {@code samples} is 0
 * @param samples so many, in as many epochs as that takes, the last of which is cut off
 */
record Amount(int epochs, long samples) {

  /**
   * What the spec asks for at a trigger.
   *
   * @param trigger its number, from 1
   */
  static Amount of(TrainingSpec spec, long trigger) {
    return trigger <= spec.samplesToPass().size()
        ? new Amount(0, spec.samplesToPass().get((int) trigger - 1))
        : new Amount(spec.epochs(), 0);
  }

  /** Whether it is so many epochs. */
  boolean isEpochs() {
    return samples == 0;
  }

  boolean isLeftAfter(Progress progress) {
    return isEpochs() ? progress.epoch() <= epochs : begun(progress) < samples;
  }

  /** Samples before the epoch that the progress is in. */
  private static long begun(Progress progress) {
    return progress.passes() - progress.index();
  }

  /**
   * How many samples of an epoch are trained on.
   *
   * @param size of a whole epoch
   * @param begun samples before it
   */
  int ofEpoch(int size, long begun) {
    return isEpochs() ? size : (int) Math.min(size, samples - begun);
  }

  /** Number of epochs of so many samples, the last maybe cut off. */
  long epochs(int size) {
    return isEpochs() ? epochs : (samples + size - 1) / size;
  }

  /** Number of batches, with epochs of so many samples. */
  long batches(int size, int batch) {
    long whole = isEpochs() ? epochs : samples / size;
    long rest = isEpochs() ? 0 : samples % size;
    return whole * ((size + batch - 1) / batch) + (rest + batch - 1) / batch;
  }
}
