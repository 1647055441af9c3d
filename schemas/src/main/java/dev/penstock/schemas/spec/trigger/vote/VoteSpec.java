package dev.penstock.schemas.spec.trigger.vote;

import dev.penstock.schemas.spec.check.Fields;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When the votes of several members are one vote to train. */
public sealed interface VoteSpec {

  /**
   * Checks that the members can bring about the vote: a rule that names others, or asks for more
   * than there are, is a mistake.
   *
   * @param field of the rule, for the message
   * @param members names of the members
   * @throws IllegalArgumentException if they cannot
   */
  default void checkMembers(String field, Collection<String> members) {}

  /** More than half of the members. */
  record MajorityVote() implements VoteSpec {}

  /**
   * A number of members.
   *
   * @param n members that must agree
   */
  record AtLeastN(int n) implements VoteSpec {

    public AtLeastN {
      Fields.atLeast("n", n, 1);
    }

    @Override
    public void checkMembers(String field, Collection<String> members) {
      Fields.check(
          n <= members.size(), field + ".n", "at most the " + members.size() + " members", n);
    }
  }

  /** One member. */
  record Any() implements VoteSpec {}

  /** Every member. */
  record All() implements VoteSpec {}

  /**
   * More than a share of the members' weight.
   *
   * @param weights by member, not negative and not all 0
   * @param share of the weight that does not suffice yet
   */
  record Weighted(Map<String, Double> weights, double share) implements VoteSpec {

    /** The weighted majority. */
    public static final double DEFAULT_SHARE = 0.5;

    public Weighted {
      weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
      weights.values().forEach(weight -> Fields.notNegative("weights", weight));
      double sum = weights.values().stream().mapToDouble(weight -> weight).sum();
      Fields.check(sum > 0 && Double.isFinite(sum), "weights", "positive in sum", sum);
      Fields.check(share >= 0 && share < 1, "share", "in [0, 1)", share);
    }

    @Override
    public void checkMembers(String field, Collection<String> members) {
      List<String> expected = members.stream().sorted().toList();
      List<String> got = weights.keySet().stream().sorted().toList();
      Fields.check(expected.equals(got), field + ".weights", "of every member " + expected, got);
    }
  }
}
