package dev.penstock.core.submodular;

/** Asks for every gain each time: the reference. */
record NaiveGreedy() implements Greedy {

  @Override
  public int[] maximize(SetFunction function, int count) {
    Greedy.checkCount(function, count);
    boolean[] added = new boolean[function.size()];
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = best(function, added);
      added[order[i]] = true;
      function.add(order[i]);
    }
    return order;
  }

  private static int best(SetFunction function, boolean[] added) {
    int best = -1;
    double bestGain = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < added.length; i++) {
      double gain = added[i] ? Double.NEGATIVE_INFINITY : function.gain(i);
      if (gain > bestGain) {
        best = i;
        bestGain = gain;
      }
    }
    return best;
  }
}
