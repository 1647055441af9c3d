package dev.penstock.core.submodular;

import java.util.PriorityQueue;

/**
 * Takes a gain from before for a bound, and asks anew only for the element of the highest bound.
 *
 * @param beta share of its bound that a gain must reach for its element to be added unseen of the
 *     others
 */
record LazyGreedy(double beta) implements Greedy {

  /** The highest bound first, of equal ones that of the first element. */
  private record Bound(int element, double gain) implements Comparable<Bound> {

    @Override
    public int compareTo(Bound other) {
      int byGain = Double.compare(other.gain, gain);
      return byGain == 0 ? Integer.compare(element, other.element) : byGain;
    }
  }

  @Override
  public int[] maximize(SetFunction function, int count) {
    Greedy.checkCount(function, count);
    PriorityQueue<Bound> bounds = new PriorityQueue<>(Math.max(function.size(), 1));
    for (int i = 0; i < function.size(); i++) {
      bounds.add(new Bound(i, function.gain(i) + 0.0));
    }
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = next(function, bounds);
      function.add(order[i]);
    }
    return order;
  }

  private int next(SetFunction function, PriorityQueue<Bound> bounds) {
    while (true) {
      Bound highest = bounds.remove();
      Bound fresh = new Bound(highest.element, function.gain(highest.element) + 0.0);
      Bound second = bounds.peek();
      boolean isBest = second == null || fresh.compareTo(second) < 0;
      if (isBest || isNearEnough(fresh.gain, highest.gain)) {
        return fresh.element;
      }
      bounds.add(fresh);
    }
  }

  private boolean isNearEnough(double gain, double bound) {
    return beta < 1 && gain >= beta * bound;
  }
}
