package dev.penstock.core.submodular;

import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.stats.Require;

/** Asks for the gains of {@code n / k ln(1 / epsilon)} random elements each time. */
record StochasticGreedy(double epsilon, long seed) implements Greedy {

  StochasticGreedy {
    Require.inOpenUnitInterval("epsilon", epsilon);
  }

  @Override
  public int[] maximize(SetFunction function, int count) {
    Greedy.checkCount(function, count);
    boolean[] added = new boolean[function.size()];
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = best(function, sample(added, count, i));
      added[order[i]] = true;
      function.add(order[i]);
    }
    return order;
  }

  private int[] sample(boolean[] added, int count, int step) {
    double wanted = -StrictMath.log(epsilon) * added.length / count;
    LowestKeys lowest = new LowestKeys((int) Math.max(Math.round(wanted), 1));
    long stream = SampleHash.stream(seed, step);
    for (int i = 0; i < added.length; i++) {
      if (!added[i]) {
        lowest.add(LowestKeys.key(SampleHash.of(stream, i)), i);
      }
    }
    return lowest.indexes();
  }

  private static int best(SetFunction function, int[] sample) {
    int best = sample[0];
    double bestGain = function.gain(best);
    for (int element : sample) {
      double gain = function.gain(element);
      if (gain > bestGain) {
        best = element;
        bestGain = gain;
      }
    }
    return best;
  }
}
