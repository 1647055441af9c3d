package dev.penstock.jobs.benchmark;

import java.util.List;
import java.util.stream.IntStream;

/** Pipelines over a log, as files. */
final class ScanPipelines {

  private static final String AMOUNT =
      """
      kind: pipeline
      name: scan-%d
      dataset: %s
      trigger: {type: data-amount, num-samples: %d}
      selection: {type: new-data, tail-triggers: %s, limit: {samples: 10000, keep: random}}
      training: {model: {type: mlp, hidden: [4]}}
      """;

  /** Payloads are random bytes: nothing drifts, and after the first evaluation nothing fires. */
  private static final String DRIFT =
      """
      kind: pipeline
      name: drift
      dataset: %s
      trigger:
        type: data-drift
        watch: features
        evaluation-interval-data-points: 1000
        metrics:
          ks: {type: ks, decision-criterion: {type: threshold, threshold: 0.5}}
      selection: {type: new-data, tail-triggers: 0}
      training: {model: {type: mlp, hidden: [4]}}
      """;

  private static final long AMOUNT_SAMPLES = 100_000;

  /** Pipelines started at different times do not trigger at once either. */
  private static final long STEP = 1000;

  private ScanPipelines() {}

  /** One that triggers by amount and selects a tenth at random. */
  static List<String> amount(ScanLog log, String tailTriggers) {
    return List.of(AMOUNT.formatted(0, log.name(), AMOUNT_SAMPLES, tailTriggers));
  }

  /** Several of those, of slightly different amounts. */
  static List<String> amounts(ScanLog log, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> AMOUNT.formatted(i, log.name(), AMOUNT_SAMPLES + i * STEP, "0"))
        .toList();
  }

  /** One that compares the features of every 1000 samples with the reference. */
  static List<String> drift(ScanLog log) {
    return List.of(DRIFT.formatted(log.name()));
  }
}
