package dev.penstock.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.trainingset.SampleSet;
import org.junit.jupiter.api.Test;

final class UsedSamplesTest {

  private static final SampleSet SET =
      SampleSet.builder().add(0, 5).add(0, 7).add(2, 1).add(2, 100_000).build();

  @Test
  void isTheWholeSetWhereAllWereTrainedOnAlike() {
    UsedSamples used = new UsedSamples(4);
    used.add(new int[] {3, 1, 0, 2}, SampleWeights.EQUAL);

    assertThat(used.of(SET).digest()).isEqualTo(SET.digest());
  }

  @Test
  void keepsTheWeightsOfTheSet() {
    float[] weights = {1, 2, 3, 4};
    SampleSet weighed =
        SampleSet.builder().add(0, 5).add(0, 7).add(2, 1).add(2, 100_000).weights(weights).build();
    UsedSamples used = new UsedSamples(4);
    used.add(new int[] {0, 1, 2, 3}, SampleWeights.of(weights));

    assertThat(used.of(weighed).digest()).isEqualTo(weighed.digest());
  }

  @Test
  void unitesEpochsAndKeepsTheLastWeights() {
    UsedSamples used = new UsedSamples(4);
    used.add(new int[] {2, 1}, SampleWeights.of(new float[] {9, 0.5f, 3, 9}));
    used.add(new int[] {3, 1}, SampleWeights.of(new float[] {9, 8, 9, 7}));

    SampleSet united = used.of(SET);
    assertThat(united.contains(0, 5)).isFalse();
    assertThat(united.size()).isEqualTo(3);
    assertThat(united.weights()).hasValue(new float[] {8, 3, 7});
    assertThat(used.passes()).isEqualTo(4);
  }

  @Test
  void aBatchesSharesAddUpToOne() {
    SampleWeights weights = SampleWeights.of(new float[] {1, 3, 0, 4});

    assertThat(weights.shares(new int[] {3, 0, 1}, 0, 3)).containsExactly(0.5f, 0.125f, 0.375f);
    assertThat(weights.shares(new int[] {2}, 0, 1)).containsExactly(0);
    assertThatThrownBy(() -> SampleWeights.of(new float[] {-1}))
        .hasMessage("weight must be finite and not negative, got -1.0");
  }
}
