package dev.penstock.cli.bench.alarm;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.ledger.TriggerLedger;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.core.trigger.Embedder;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import java.util.Optional;

/** A drift trigger under a budget of one alarm in a million samples, as a job runs it. */
final class BudgetedTrigger {

  /** Samples from one check to the next. */
  static final int INTERVAL = 1000;

  private static final SelectionSpec RESET =
      new SelectionSpec.NewData(Optional.of(0), Optional.empty());

  // A sample a millisecond, so that a thousand seconds are a million samples.
  private static final String PIPELINE =
      """
      kind: pipeline
      name: alarms
      dataset: alarms
      trigger:
        type: data-drift
        evaluation-interval-data-points: %d
        watch: features
        sample-size: 250
        windowing-strategy: {type: amount, amount-ref: 2000, amount-cur: 1000}
        metrics: {%s: {type: %s, alarms: {budget: 1 per 1000s}}}
      training: {model: {type: mlp}}
      """;

  private final Timeline timeline = new Timeline(1, 0);
  private final TriggerLedger ledger;
  private long alarms;

  /** A trigger at the start of a stream, which draws by {@code seed}. */
  BudgetedTrigger(String metric, DatasetSpec dataset, long seed) {
    this.ledger =
        new TriggerLedger(
            SpecReader.parsePipeline("alarms", PIPELINE.formatted(INTERVAL, metric, metric))
                .trigger(),
            RESET,
            new TriggerContext(dataset, 0, seed, Embedder.NONE));
  }

  void see(SampleBlock block) {
    timeline.add(block);
    Run run = timeline.releasable();
    ledger.advance(run, entry -> alarms += isAlarm(entry.answer()) ? 1 : 0);
    timeline.release(run);
  }

  /**
   * The first evaluation fires whatever the budget, for there is no model yet: it measures none.
   */
  private static boolean isAlarm(Answer answer) {
    return answer.outcome() == Outcome.FIRED && !answer.measurements().isEmpty();
  }

  /** Alarms so far. */
  long alarms() {
    return alarms;
  }
}
