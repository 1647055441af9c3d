package dev.penstock.cli.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.ledger.Ledgers;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.ledger.LedgerEntry;
import dev.penstock.core.ledger.TriggerLedger;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.Score;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Limits are told from policies' own answers, as long as the policies word them as they do. */
final class GuardsTest {

  @Test
  void tellsWhichLimitOverruledThePolicy() {
    assertThat(guards("{type: data-amount, num-samples: 10}")).containsOnly("-");
    assertThat(guards("{type: data-amount, num-samples: 10, cool-down: 15ms}"))
        .containsExactly("-", "cool-down", "-", "cool-down", "-");
    assertThat(guards("{type: data-amount, num-samples: 10, min-samples: 20}"))
        .containsExactly("min-samples", "-", "min-samples", "-", "min-samples");
    assertThat(guards("{type: never, max-samples: 25}"))
        .containsExactly("max-samples", "max-samples");
  }

  /** Guards of the decisions about 50 samples, a millisecond apart. */
  private static List<String> guards(String trigger) {
    PipelineSpec spec =
        SpecReader.parsePipeline(
            "test",
            """
            kind: pipeline
            name: p
            dataset: d
            trigger: %s
            training: {model: {type: mlp}}
            """
                .formatted(trigger));
    TriggerLedger ledger = new TriggerLedger(spec.trigger(), spec.selection());
    Timeline timeline = new Timeline(1, 0);
    timeline.add(SampleBlock.dense(0, 0, LongStream.range(0, 50).toArray(), 50));
    Run run = timeline.releasable();
    List<String> guards = new ArrayList<>();
    ledger.advance(run, entry -> guards.add(Guards.of(decision(entry)).orElse("-")));
    return guards;
  }

  private static Decision decision(LedgerEntry entry) {
    Decision decision = Ledgers.held("p", entry.number(), entry.triggerNumber(), 0);
    return Decision.newBuilder(decision)
        .setOutcome(Outcome.valueOf(entry.answer().outcome().name()))
        .setReason(entry.answer().reason())
        .setScores(
            entry.answer().measurements().stream()
                .map(figure -> new Score(figure.name(), figure.value(), null))
                .toList())
        .build();
  }

  @Test
  void aPolicyOfItsOwnWordsHasNoLimit() {
    assertThat(Guards.of(Ledgers.held("p", 1, 0, 0.01))).isEqualTo(Optional.empty());
  }
}
