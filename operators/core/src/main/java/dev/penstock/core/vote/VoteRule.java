package dev.penstock.core.vote;

import dev.penstock.core.stats.Require;
import java.util.List;

/**
 * When the votes of several members are one vote to train. A member that has said nothing has voted
 * no; of no members none agrees.
 */
public sealed interface VoteRule {

  /**
   * Whether the votes suffice.
   *
   * @param votes of all members, in the order in which they are declared
   */
  boolean suffice(boolean[] votes);

  /** More than half of the members, as Modyn's majority vote (SIGMOD 2025). */
  record Majority() implements VoteRule {

    @Override
    public boolean suffice(boolean[] votes) {
      return 2 * yes(votes) > votes.length;
    }
  }

  /**
   * A number of members, as Modyn's (SIGMOD 2025).
   *
   * @param n members, at least 1
   */
  record AtLeast(int n) implements VoteRule {

    public AtLeast {
      Require.atLeast("n", n, 1);
    }

    @Override
    public boolean suffice(boolean[] votes) {
      return yes(votes) >= n;
    }
  }

  /** One member. */
  record Any() implements VoteRule {

    @Override
    public boolean suffice(boolean[] votes) {
      return yes(votes) > 0;
    }
  }

  /** Every member. */
  record All() implements VoteRule {

    @Override
    public boolean suffice(boolean[] votes) {
      return votes.length > 0 && yes(votes) == votes.length;
    }
  }

  /**
   * More than a share of the members' weight: {@code sum of the weights that voted yes > share *
   * sum of all weights}. Littlestone, Warmuth: The Weighted Majority Algorithm, Information and
   * Computation 108, 1994.
   *
   * @param weights of the members in their order, not negative and not all 0
   * @param share of the weight that does not suffice yet, in [0, 1); 0.5 is the weighted majority
   */
  record Weighted(List<Double> weights, double share) implements VoteRule {

    public Weighted {
      weights = List.copyOf(weights);
      weights.forEach(weight -> Require.notNegative("weight", weight));
      Require.positive("sum of weights", sum(weights));
      Require.check(share >= 0 && share < 1, "share", "in [0, 1)", share);
    }

    /**
     * Whether the weights of the votes suffice.
     *
     * @throws IllegalArgumentException if there are not as many votes as weights
     */
    @Override
    public boolean suffice(boolean[] votes) {
      String demand = "as many as weights, " + weights.size();
      Require.check(votes.length == weights.size(), "votes", demand, votes.length);
      double yes = 0;
      for (int i = 0; i < votes.length; i++) {
        yes += votes[i] ? weights.get(i) : 0;
      }
      return yes > share * sum(weights);
    }

    private static double sum(List<Double> weights) {
      double sum = 0;
      for (double weight : weights) {
        sum += weight;
      }
      return sum;
    }
  }

  private static int yes(boolean[] votes) {
    int yes = 0;
    for (boolean vote : votes) {
      yes += vote ? 1 : 0;
    }
    return yes;
  }
}
