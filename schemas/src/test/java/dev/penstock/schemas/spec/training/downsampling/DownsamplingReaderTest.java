package dev.penstock.schemas.spec.training.downsampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.spec.InvalidSpecException;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Gradients;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Greedy;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Search;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DownsamplingReaderTest {

  @Test
  void readsAMethodWithItsDefaults() {
    DownsamplingSpec spec = read("{type: craig, samples: 500, greedy: stochastic}");

    assertThat(spec)
        .isEqualTo(
            DownsamplingSpec.of(
                0,
                new DownsamplerSpec(
                    new DownsamplingMethod.Craig(
                        new Search(Greedy.STOCHASTIC, 0.1, Gradients.LOGITS, 4096)),
                    new DownsamplerSpec.Amount(100, 100, Optional.of(500)),
                    DownsamplerSpec.Mode.SAMPLE_THEN_BATCH,
                    1,
                    /* perClass= */ false)));
  }

  @Test
  void travelsInATasksTraining() {
    TrainingSpec training =
        SpecJson.readTraining(
            """
            model: {type: mlp}
            downsampling:
              type: schedule
              warmup-triggers: 2
              phases:
                - {until-trigger: 5, downsampling: {type: rs2, ratio: 50, with-replacement: true}}
                - {downsampling: {type: loss, ratio: 25, mode: batch-then-sample}}
            """);

    assertThat(training.downsampling().orElseThrow().phases()).hasSize(2);
    assertThat(SpecJson.readTraining(SpecJson.write(training))).isEqualTo(training);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: loss} | downsampling.ratio: must be given, such as ratio: 10, or samples: 1000",
        "{type: loss, ratio: 0} | downsampling.ratio: must be from 1 to ratio-max 100, got 0",
        "{type: loss, ratio: 3, samples: 4} | but not both",
        "{type: los, ratio: 3} | did you mean loss?",
        "{type: loss, ratio: 30, mode: batch-then-sample} | downsampling: must be batch-then-sample"
            + " of a ratio of which a batch, 64, has fewer samples than all and a divisor of it,"
            + " got 30/100",
        "{type: loss, ratio: 25, mode: batch-then-sample, period: 2} | period: must be left out",
        "{type: k-center, ratio: 25, part-size: 1} | part-size: must be at least 2, got 1",
        "{type: rs2, ratio: 25, mode: batch-then-sample} | mode: must be a known key",
        "{type: craig, ratio: 25, epsilon: 1} | epsilon: must be in (0, 1), got 1.0",
        "{type: schedule, phases: [{until-trigger: 4, downsampling: {type: rs2, ratio: 1}}]}"
            + " | phases: must be given an until-trigger but for the last, got 4",
        "{type: schedule, phases: [{downsampling: {type: schedule}}]}"
            + " | downsampling.phases[0].downsampling.type: must be one of"
      })
  void saysWhatIsWrongAndWhere(String downsampling, String message) {
    assertThatThrownBy(() -> read(downsampling))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining(message);
  }

  private static DownsamplingSpec read(String downsampling) {
    return SpecJson.readTraining("{model: {type: mlp}, downsampling: " + downsampling + "}")
        .downsampling()
        .orElseThrow();
  }
}
