package dev.penstock.core.ledger;

import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.util.Map;
import java.util.Objects;

/** A trigger of every type, as it is declared. */
final class Triggers {

  static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("data-amount", "num-samples: 30, in-flight: wait"),
          Map.entry("time", "every: 20ms"),
          Map.entry("never", "max-samples: 70, in-flight: merge"),
          Map.entry("always", "evaluation-interval-data-points: 40"),
          Map.entry("every-n", "n: 3, evaluation-interval-data-points: 15"),
          Map.entry(
              "data-drift",
              """
              evaluation-interval-data-points: 20,
              windowing-strategy: {type: amount, amount-ref: 60, amount-cur: 30},
              sample-size: 25,
              watch: embeddings,
              metrics: {
                distance: {type: mmd, decision-criterion: {type: dynamic-quantile}},
                test: {type: ks, aggregation: bonferroni, decision-criterion: {type: p-value}},
                level: {type: wasserstein,
                  decision-criterion: {type: hysteresis, fire: 0.6, rearm: 0.3}}},
              aggregation-strategy: {type: any},
              warmup-intervals: 4,
              warmup-policy: {type: data-amount, num-samples: 30},
              cool-down: 25ms\
              """),
          Map.entry(
              "performance",
              """
              evaluation-interval-data-points: 20,
              mode: lookahead,
              decision-criteria: {
                accuracy: {type: threshold, metric: accuracy, metric-threshold: 0.6},
                errors: {type: misclassifications, avoidable-misclassification-threshold: 12}},
              warmup-intervals: 2,
              warmup-policy: {type: time, every: 9ms}\
              """),
          Map.entry(
              "detector",
              "evaluation-interval-data-points: 10, detector: {type: ddm, min-samples: 20}"),
          Map.entry(
              "data-incorporation-latency-cost",
              """
              evaluation-interval-data-points: 20,
              incorporation-delay-per-training-second: 0.9\
              """),
          Map.entry(
              "avoidable-misclassification-cost",
              """
              evaluation-interval-data-points: 20,
              avoidable-misclassification-latency-per-training-second: 40\
              """),
          Map.entry(
              "ensemble",
              """
              subtriggers: {
                amount: {type: data-amount, num-samples: 35},
                window: {type: time, every: 30ms},
                wrong: {type: detector, evaluation-interval-data-points: 15,
                  detector: {type: kswin, window: 60, recent: 20}}},
              ensemble-strategy: {type: at-least-n, n: 2}\
              """));

  private Triggers() {}

  /** The example of a type. */
  static TriggerSpec read(String type) {
    return SpecReader.parsePipeline(
            "test",
            """
            kind: pipeline
            name: test
            dataset: test
            trigger: {type: %s, %s}
            training: {model: {type: mlp}}
            """
                .formatted(type, Objects.requireNonNull(EXAMPLES.get(type))))
        .trigger();
  }
}
