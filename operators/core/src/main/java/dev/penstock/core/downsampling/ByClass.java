package dev.penstock.core.downsampling;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A downsampler class by class: what Modyn calls {@code balance}. */
public final class ByClass {

  private ByClass() {}

  /** Indexes of the samples of each class, ascending; the classes by ascending label. */
  public static List<int[]> members(long[] labels) {
    SortedMap<Long, List<Integer>> byLabel = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      byLabel.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
    }
    return byLabel.values().stream()
        .map(members -> members.stream().mapToInt(i -> i).toArray())
        .toList();
  }

  /**
   * Keeps samples of every class by itself.
   *
   * @param labels of all samples
   * @param downsampler given the members of a class, which of them are kept, by their index among
   *     the members
   */
  public static Kept keep(long[] labels, Function<int[], Kept> downsampler) {
    List<Integer> indexes = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    for (int[] members : members(labels)) {
      Kept kept = downsampler.apply(members);
      for (int i = 0; i < kept.indexes().length; i++) {
        indexes.add(members[kept.indexes()[i]]);
        weights.add(kept.weights()[i]);
      }
    }
    return Kept.sorted(
        indexes.stream().mapToInt(i -> i).toArray(),
        weights.stream().mapToDouble(weight -> weight).toArray());
  }

  /** Values of some samples. */
  public static double[] at(double[] values, int[] indexes) {
    return IntStream.of(indexes).mapToDouble(i -> values[i]).toArray();
  }

  /** Rows of some samples. */
  public static double[][] at(double[][] rows, int[] indexes) {
    return IntStream.of(indexes).mapToObj(i -> rows[i]).toArray(double[][]::new);
  }
}
