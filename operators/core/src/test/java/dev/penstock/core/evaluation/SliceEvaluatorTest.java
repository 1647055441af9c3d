package dev.penstock.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.evaluation.SliceEvaluator.Scored;
import dev.penstock.schemas.spec.EvaluationSpec.Slice;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SliceEvaluatorTest {

  private static final LabelSpec CLASSES = new LabelSpec.Classes(List.of("a", "b", "c"));

  @Test
  void computesMetricsAndBaselinesByHand() {
    SliceEvaluator evaluator = new SliceEvaluator(new Slice.Samples(6), CLASSES);
    List<SliceResult> results = new ArrayList<>();
    int[] labels = {0, 0, 1, 1, 1, 2};
    int[] predicted = {0, 1, 1, 1, 0, 2};
    for (int i = 0; i < labels.length; i++) {
      evaluator.add(new Scored(i, labels[i], predicted[i], 0.5f), "m", results::add);
    }

    Map<String, Double> metrics = results.get(0).metrics();
    assertThat(metrics.get("accuracy")).isEqualTo(4 / 6.0);
    // F1 of a: 1/2, of b: 2/3, of c: 1.
    assertThat(metrics.get("macroF1")).isCloseTo((0.5 + 2 / 3.0 + 1) / 3, within(1e-12));
    assertThat(metrics.get("logLoss")).isEqualTo(0.5);
    // Before each sample: none, a, a, a, a, b are most frequent; a is the first guess.
    assertThat(metrics.get("majorityAccuracy")).isEqualTo(2 / 6.0);
    assertThat(metrics.get("noChangeAccuracy")).isEqualTo(3 / 6.0);
    assertThat(metrics.get("kappaTemporal")).isCloseTo((4 / 6.0 - 0.5) / 0.5, within(1e-12));
    assertThat(results.get(0).models()).containsExactly(Map.entry("m", 6L));
  }

  @Test
  void countsWithoutScoringWhereNoModelIsActive() {
    SliceEvaluator evaluator = new SliceEvaluator(new Slice.Samples(2), CLASSES);
    List<SliceResult> results = new ArrayList<>();

    evaluator.add(new Scored(1, 0, 0, 0), null, results::add);
    evaluator.add(new Scored(2, 0, 0, 0), null, results::add);

    assertThat(results).hasSize(1);
    assertThat(results.get(0).scored()).isZero();
    assertThat(results.get(0).metrics()).isEmpty();
  }

  @Test
  void cutsByTime() {
    SliceEvaluator evaluator = new SliceEvaluator(new Slice.Every(Duration.ofMillis(10)), CLASSES);
    List<SliceResult> results = new ArrayList<>();
    for (long time : new long[] {3, 9, 10, 35}) {
      evaluator.add(new Scored(time, 0, 0, 0), "m", results::add);
    }
    evaluator.finish(results::add);

    assertThat(results)
        .extracting(result -> result.from() + "-" + result.to())
        .containsExactly("3-9", "10-10", "35-35");
  }

  @Test
  void measuresRegressionBesideItsBaselines() {
    SliceEvaluator evaluator = new SliceEvaluator(new Slice.Samples(2), new LabelSpec.Real());
    List<SliceResult> results = new ArrayList<>();

    evaluator.add(new Scored(1, 4, 1, 0), "m", results::add);
    evaluator.add(new Scored(2, 8, 4, 0), "m", results::add);

    Map<String, Double> metrics = results.get(0).metrics();
    assertThat(metrics.get("rmse")).isCloseTo(Math.sqrt((9 + 16) / 2.0), within(1e-12));
    assertThat(metrics.get("mae")).isEqualTo(3.5);
    assertThat(metrics.get("noChangeRmse")).isCloseTo(Math.sqrt((16 + 16) / 2.0), within(1e-12));
  }
}
