package dev.penstock.schemas.spec.trigger.vote;

import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how votes become one. */
public final class VoteReader {

  private VoteReader() {}

  public static Optional<VoteSpec> read(YamlMap map) {
    return map.byType(
        Map.of(
            "majority-vote", of -> of.build(VoteSpec.MajorityVote::new),
            "at-least-n", VoteReader::atLeastN,
            "any", of -> of.build(VoteSpec.Any::new),
            "all", of -> of.build(VoteSpec.All::new),
            "weighted", VoteReader::weighted));
  }

  private static @Nullable VoteSpec atLeastN(YamlMap map) {
    if (!map.has("n")) {
      map.problem("n", "must be given, such as n: 2");
    }
    int n = map.smallInteger("n", 1);
    return map.build(() -> new VoteSpec.AtLeastN(n));
  }

  private static @Nullable VoteSpec weighted(YamlMap map) {
    Optional<Map<String, Double>> weights =
        map.requiredMap("weights", "{accuracy: 2, embeddings: 1}").map(YamlMap::numbers);
    double share = map.number("share").orElse(VoteSpec.Weighted.DEFAULT_SHARE);
    return map.build(() -> new VoteSpec.Weighted(weights.orElseThrow(), share));
  }
}
