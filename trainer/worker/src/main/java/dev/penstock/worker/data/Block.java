package dev.penstock.worker.data;

/**
 * Samples of a training set that follow one another in a partition: a stretch of the sample log,
 * and of the buffer.
 *
 * @param part that they belong to
 * @param partition of the sample log
 * @param from first offset wanted
 * @param to end, exclusive: the last offset wanted is the one before
 * @param firstIndex index of its first sample in the buffer
 * @param samples number of samples wanted, at least 1
 */
record Block(int part, int partition, long from, long to, int firstIndex, int samples) {

  /** Offsets from the first wanted to the last. */
  long span() {
    return to - from;
  }
}
