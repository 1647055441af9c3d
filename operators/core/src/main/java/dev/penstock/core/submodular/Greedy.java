package dev.penstock.core.submodular;

import dev.penstock.core.stats.Require;

/**
 * Maximizes a submodular function by adding the element of the largest gain again and again, in
 * case of a tie the first: at least {@code 1 - 1/e} of the best set of a monotone function
 * (Nemhauser, Wolsey, Fisher: An Analysis of Approximations for Maximizing Submodular Set
 * Functions, Mathematical Programming 14, 1978).
 */
public interface Greedy {

  /**
   * Elements in the order in which they are added.
   *
   * @param function of the empty set; it is of the set when this returns
   * @param count of elements to add
   * @throws IllegalArgumentException if there are not as many
   */
  int[] maximize(SetFunction function, int count);

  /** Asks for all gains for each element. */
  static Greedy naive() {
    return new NaiveGreedy();
  }

  /**
   * Adds what {@link #naive} adds, but asks only for the gains whose bounds are high enough.
   * Minoux: Accelerated Greedy Algorithms for Maximizing Submodular Set Functions, 1978.
   */
  static Greedy lazy() {
    return new LazyGreedy(1);
  }

  /**
   * Adds the first element whose gain is at least the share {@code beta} of its bound: fewer gains
   * are asked for, and each one that is added is no worse than that share of the best.
   *
   * @param beta in (0, 1]; 0.9 in Modyn
   * @throws IllegalArgumentException if it is not
   */
  static Greedy approximatelyLazy(double beta) {
    Require.check(beta > 0 && beta <= 1, "beta", "in (0, 1]", beta);
    return new LazyGreedy(beta);
  }

  /**
   * Asks for the gains of a few random elements each time: {@code n ln(1 / epsilon)} gains for a
   * set of any size, and in expectation {@code 1 - 1/e - epsilon} of the best. Mirzasoleiman et
   * al.: Lazier Than Lazy Greedy, AAAI 2015.
   *
   * @param epsilon in (0, 1); 0.9 in Modyn
   * @throws IllegalArgumentException if it is not
   */
  static Greedy stochastic(double epsilon, long seed) {
    return new StochasticGreedy(epsilon, seed);
  }

  /** Checks that there are as many elements. */
  static void checkCount(SetFunction function, int count) {
    Require.check(
        count >= 0 && count <= function.size(), "count", "from 0 to " + function.size(), count);
  }
}
