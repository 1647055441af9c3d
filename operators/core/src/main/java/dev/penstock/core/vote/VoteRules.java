package dev.penstock.core.vote;

import dev.penstock.schemas.spec.trigger.vote.VoteSpec;
import java.util.List;

/** Makes vote rules of their specs: the only place that knows both. */
public final class VoteRules {

  private VoteRules() {}

  /**
   * The declared rule.
   *
   * @param members names in the order of the votes
   * @throws IllegalArgumentException if the spec does not suit the members
   */
  public static VoteRule create(VoteSpec spec, List<String> members) {
    spec.checkMembers("vote", members);
    if (spec instanceof VoteSpec.MajorityVote) {
      return new VoteRule.Majority();
    }
    if (spec instanceof VoteSpec.AtLeastN atLeast) {
      return new VoteRule.AtLeast(atLeast.n());
    }
    if (spec instanceof VoteSpec.Any) {
      return new VoteRule.Any();
    }
    if (spec instanceof VoteSpec.All) {
      return new VoteRule.All();
    }
    if (spec instanceof VoteSpec.Weighted weighted) {
      List<Double> weights =
          members.stream().map(member -> weighted.weights().getOrDefault(member, 0.0)).toList();
      return new VoteRule.Weighted(weights, weighted.share());
    }
    throw new IllegalArgumentException("No vote rule for " + spec);
  }
}
