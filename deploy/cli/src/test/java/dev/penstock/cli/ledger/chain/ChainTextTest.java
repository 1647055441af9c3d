package dev.penstock.cli.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.ledger.Ledgers;
import dev.penstock.cli.ledger.read.Written;
import dev.penstock.cli.text.Style;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of chains, word by word. */
final class ChainTextTest {

  private static final Decision FIRST = Ledgers.fired("sea", 1, 1);
  private static final Decision SECOND = Ledgers.fired("sea", 14, 2);
  private static final TrainingTask TASK = Ledgers.task(SECOND, "sea-1", 1_000);

  @Test
  void tellsATrainingFromDecisionToAccuracy() {
    ModelVersion version = Ledgers.trained(TASK, "sea-1");
    Chain chain =
        chain(
            SECOND,
            TASK,
            version,
            version,
            Ledgers.slice("sea", 13, Map.of("sea-1", 100L), 0.71),
            List.of(
                Ledgers.slice("sea", 14, Map.of("sea-1", 40L, "sea-14", 60L), 0.88),
                Ledgers.slice("sea", 15, Map.of("sea-14", 100L), 0.9512345)));

    assertThat(String.join("\n", ChainText.of(chain, Style.PLAIN)))
        .isEqualTo(
            """
            Pipeline sea, decision 14: FIRED, trigger 2
            When      Slice time 2026-01-01T00:23:20Z, decided at 2026-02-01T12:02:20Z by the clock. Boundary: up to
                      offset 700 in each of 2 partitions.
            Measured  Policy data-drift measured mmd 0.07123 against a threshold of 0.05, on 100 samples since decision
                      13; it looked at model sea-1. In its words: drift.
            Before    Held 12 times since decision 1 fired, 2 of them by cool-down; closest: mmd 0.0472 of 0.05 in
                      decision 4.
            Limits    None applied.
            Window    1,200 samples: offsets 100 to 699 in each of 2 partitions. Selected: 1,000 of them (83.33 %).
            Task      sea-14: seed 42, next after task sea-1, training set with digest 0123456789ab.
            Model     sea-14 was trained from sea-1 on 1,000 samples in 2.3 s by worker-1, and there 4 s after the
                      decision. Metrics: loss 0.1235, samplesPerSecond 12,346. Weights: file:///artifacts/ab/abcd (2,468
                      bytes).
            After     accuracy 0.71 in slice 13, the last before it; 0.88 (+0.17) in slice 14, of which it tested 60 of
                      100 samples; 0.9512 (+0.2412) in slice 15, of which it tested 100 of 100 samples.
            Ledger    14 decisions so far: 2 fired, 12 held. `penstock decisions --summary sea` compares.\
            """);
  }

  @Test
  void tellsWhyATrainingFailed() {
    ModelVersion version = Ledgers.failed(TASK);

    assertThat(paragraph("Model", chain(SECOND, TASK, version, version, null, List.of())))
        .isEqualTo(
            "sea-14 failed after 2.3 s on worker-1, 4 s after the decision: loss must be finite,"
                + " got NaN in epoch 2.");
  }

  @Test
  void tellsHowFarATaskIs() {
    ModelVersion first = Ledgers.trained(Ledgers.task(FIRST, null, 100), null);

    assertThat(paragraph("Task", chain(SECOND, null, null, first, null, List.of())))
        .isEqualTo("Not there yet: the job selects its samples, or does not run.");
    assertThat(paragraph("Model", chain(SECOND, TASK, null, first, null, List.of())))
        .isEqualTo("Not there yet: the task is in training, or waits for a worker.");
    TrainingTask third = Ledgers.task(SECOND, "sea-9", 1_000);
    assertThat(paragraph("Model", chain(SECOND, third, null, first, null, List.of())))
        .isEqualTo(
            "Not there yet: the task is queued behind others of the pipeline, whose newest version"
                + " is sea-1.");
  }

  @Test
  void tellsWhyNothingWasTrained() {
    Decision idle = Decision.newBuilder(SECOND).setEvidence(0).build();

    assertThat(paragraph("Then", chain(idle, null, null, null, null, List.of())))
        .isEqualTo("No new sample since the trigger before: nothing was trained.");
    assertThat(
            paragraph(
                "Then", chain(Ledgers.held("sea", 14, 1, 0.01), null, null, null, null, List.of())))
        .isEqualTo("Held: nothing was trained.");
  }

  @Test
  void namesTheLimitThatHeld() {
    Decision held = Ledgers.cooledDown("sea", 14, 1);

    assertThat(paragraph("Limits", chain(held, null, null, null, null, List.of())))
        .isEqualTo(
            "cool-down held what the policy had fired: PT1M40S since the last trigger, cool-down"
                + " PT5M.");
    assertThat(paragraph("Measured", chain(held, null, null, null, null, List.of())))
        .contains(
            "mmd 0.06 against a threshold of 0.05, coolDownMillis 1 min 40 s against a threshold of"
                + " 5 min");
  }

  private static Chain chain(
      Decision decision,
      @Nullable TrainingTask task,
      @Nullable ModelVersion version,
      @Nullable ModelVersion newest,
      @Nullable Evaluation before,
      List<Evaluation> after) {
    Holds holds = new Holds();
    for (int number = 13; number > 3; number--) {
      holds.add(Ledgers.held("sea", number, 1, 0.05 - number * 0.0007));
    }
    holds.add(Ledgers.cooledDown("sea", 3, 1));
    holds.add(Ledgers.cooledDown("sea", 2, 1));
    return new Chain(
        new Written<>(decision, Ledgers.clock(14)),
        FIRST,
        holds,
        task,
        version,
        newest,
        before,
        after);
  }

  /** A paragraph on one line. */
  private static String paragraph(String heading, Chain chain) {
    StringBuilder text = new StringBuilder();
    boolean inside = false;
    for (String line : ChainText.of(chain, Style.PLAIN)) {
      inside = line.startsWith(heading) || (inside && line.startsWith(" "));
      if (inside) {
        text.append(text.isEmpty() ? line.substring(heading.length()).strip() : " " + line.strip());
      }
    }
    return text.toString();
  }
}
