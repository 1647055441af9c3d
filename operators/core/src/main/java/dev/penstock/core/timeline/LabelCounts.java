package dev.penstock.core.timeline;

import java.util.Arrays;

/** Numbers of samples by class; as many classes as have been seen. */
final class LabelCounts {

  private long[] counts;

  LabelCounts(long[] counts) {
    this.counts = counts;
  }

  /** Adds a sample; one without a class counts nowhere. */
  void add(int label) {
    if (label >= 0) {
      if (label >= counts.length) {
        counts = Arrays.copyOf(counts, label + 1);
      }
      counts[label]++;
    }
  }

  long[] counts() {
    return counts.clone();
  }
}
