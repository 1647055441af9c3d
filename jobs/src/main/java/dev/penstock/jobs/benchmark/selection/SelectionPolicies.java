package dev.penstock.jobs.benchmark.selection;

import java.util.ArrayList;
import java.util.List;

/** Every selection in the stream, with training sets of one size from all history. */
final class SelectionPolicies {

  private static final String PIPELINE =
      """
      kind: pipeline
      name: %s
      dataset: benchmark
      trigger: {type: data-amount, num-samples: %d}
      selection: %s
      training: {model: {type: mlp, hidden: [4]}}
      """;

  private SelectionPolicies() {}

  /**
   * A policy.
   *
   * @param name as it is reported
   * @param selection YAML
   */
  record Policy(String name, String selection) {

    String pipeline(long everySamples) {
      return PIPELINE.formatted(name.replace(' ', '-'), everySamples, selection);
    }
  }

  /** The policies that are to be measured. */
  static List<Policy> of(SelectionOptions options, long trackedSamples) {
    List<Policy> all = all(options.selected(), trackedSamples);
    List<String> names = all.stream().map(Policy::name).toList();
    for (String name : options.policies()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("policy must be one of " + names + ", got " + name);
      }
    }
    return options.policies().isEmpty()
        ? all
        : all.stream().filter(policy -> options.policies().contains(policy.name())).toList();
  }

  private static List<Policy> all(int selected, long trackedSamples) {
    String limit = "limit: {samples: " + selected + "}";
    List<Policy> policies = new ArrayList<>();
    policies.add(new Policy("new-data", "{type: new-data, " + limit + "}"));
    policies.add(new Policy("random", "{type: random, tail-triggers: all, " + limit + "}"));
    policies.add(
        new Policy("label-balanced", "{type: label-balanced, tail-triggers: all, " + limit + "}"));
    policies.add(new Policy("trigger-balanced", "{type: trigger-balanced, " + limit + "}"));
    String span = Math.max(1, trackedSamples / 1000) + "ms";
    for (String type : List.of("time-balanced", "time-stratified")) {
      policies.add(
          new Policy(
              type, "{type: %s, every: %s, tail-triggers: all, %s}".formatted(type, span, limit)));
    }
    policies.add(
        new Policy("random-no-replacement", "{type: random-no-replacement, " + limit + "}"));
    policies.add(
        new Policy("freshness", "{type: freshness, unused-data-ratio: 80, " + limit + "}"));
    policies.add(new Policy("reservoir", "{type: reservoir, capacity: " + selected + "}"));
    policies.add(
        new Policy(
            "class-balanced-replay", "{type: class-balanced-replay, capacity: " + selected + "}"));
    policies.add(
        new Policy(
            "recency-decayed",
            "{type: recency-decayed, half-life: "
                + Math.max(1, trackedSamples / 10)
                + "ms, samples: "
                + selected
                + "}"));
    return policies;
  }
}
