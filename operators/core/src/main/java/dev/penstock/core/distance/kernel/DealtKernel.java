package dev.penstock.core.distance.kernel;

import dev.penstock.core.stats.Sums;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums of a kernel over the smaller sample of a pool, as it is and as permutations deal it out.
 * Each row of the kernel serves all permutations while it is in the cache, and is not kept.
 */
final class DealtKernel {

  /** Rows of the smaller sample, ascending: as it is, then of each permutation. */
  private final int[][] members;

  private final int rows;

  /** Kernel over pairs of different members, each once. */
  private final double[] within;

  /** Sums of the rows of the full kernel, without the diagonal. */
  private final double[] sums;

  /** Members before the row that comes next. */
  private final int[] places;

  private double total;

  DealtKernel(int[][] permutations, int references, int rows) {
    this.rows = rows;
    boolean currentIsSmaller = rows - references <= references;
    int from = currentIsSmaller ? references : 0;
    int to = currentIsSmaller ? rows : references;
    members = new int[permutations.length + 1][];
    members[0] = IntStream.range(from, to).toArray();
    for (int b = 0; b < permutations.length; b++) {
      members[b + 1] = Arrays.copyOfRange(permutations[b], from, to);
      Arrays.sort(members[b + 1]);
    }
    within = new double[members.length];
    places = new int[members.length];
    sums = new double[rows];
  }

  PermutationResult result(SquaredDistances pool, GaussianKernel kernel) {
    pool.within(
        (i, row, count) -> {
          kernel.apply(row, count);
          add(i, row);
        });
    double[] statistics = new double[members.length];
    for (int b = 0; b < statistics.length; b++) {
      statistics[b] = statistic(b);
    }
    return new PermutationResult(statistics[0], Arrays.copyOfRange(statistics, 1, members.length));
  }

  private void add(int i, double[] row) {
    for (int j = 0; j < i; j++) {
      sums[j] += row[j];
    }
    double sum = Sums.of(row, 0, i);
    sums[i] += sum;
    total += 2 * sum;
    for (int b = 0; b < members.length; b++) {
      int place = places[b];
      if (place < members[b].length && members[b][place] == i) {
        within[b] += Sums.at(row, members[b], place);
        places[b]++;
      }
    }
  }

  private double statistic(int b) {
    double m = members[b].length;
    double n = rows - m;
    double pairs = 2 * within[b];
    double between = Sums.at(sums, members[b], members[b].length) - pairs;
    double rest = total - 2 * between - pairs;
    return rest / (n * (n - 1)) + pairs / (m * (m - 1)) - 2 * between / (n * m);
  }
}
