package dev.penstock.worker.downsampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Joins choices of different samples. */
public final class SelectionBuilder {

  private final List<Selection> parts = new ArrayList<>();

  /** Adds samples that are not there yet. */
  public SelectionBuilder add(Selection part) {
    parts.add(part);
    return this;
  }

  /** Number of samples so far. */
  public int size() {
    return parts.stream().mapToInt(part -> part.indexes().length).sum();
  }

  /** All samples, ascending. */
  public Selection build() {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int[] indexes = parts.stream().flatMapToInt(part -> IntStream.of(part.indexes())).toArray();
    float[] weights = new float[indexes.length];
    int at = 0;
    for (Selection part : parts) {
      System.arraycopy(part.weights(), 0, weights, at, part.weights().length);
      at += part.weights().length;
    }
    // The index in the upper half of a long, its place in the lower: sorted without objects.
    long[] order = new long[indexes.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = ((long) indexes[i] << Integer.SIZE) | i;
    }
    Arrays.sort(order);
    int[] sortedIndexes = new int[order.length];
    float[] sortedWeights = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      sortedIndexes[i] = (int) (order[i] >>> Integer.SIZE);
      sortedWeights[i] = weights[(int) order[i]];
    }
    return new Selection(sortedIndexes, sortedWeights);
  }
}
