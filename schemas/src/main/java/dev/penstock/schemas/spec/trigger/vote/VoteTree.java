package dev.penstock.schemas.spec.trigger.vote;

import static dev.penstock.schemas.spec.yaml.YamlTree.map;
import static dev.penstock.schemas.spec.yaml.YamlTree.unknown;

import java.util.Map;

/** Votes as maps, in the form of their files. */
public final class VoteTree {

  private VoteTree() {}

  public static Map<String, Object> of(VoteSpec vote) {
    if (vote instanceof VoteSpec.MajorityVote) {
      return map("type", "majority-vote");
    }
    if (vote instanceof VoteSpec.AtLeastN atLeast) {
      return map("type", "at-least-n", "n", atLeast.n());
    }
    if (vote instanceof VoteSpec.Any) {
      return map("type", "any");
    }
    if (vote instanceof VoteSpec.All) {
      return map("type", "all");
    }
    if (vote instanceof VoteSpec.Weighted weighted) {
      return map("type", "weighted", "weights", weighted.weights(), "share", weighted.share());
    }
    throw unknown(vote);
  }
}
