package dev.penstock.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.criterion.Decision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What it costs to train and to wait. */
final class CostTest {

  @Test
  void learnsFromTheLastTrainings() {
    TrainingCostModel model = new TrainingCostModel(2, 0);
    assertThat(model.seconds(10)).isEmpty();

    model.add(1, 100);
    model.add(10, 5);
    model.add(20, 10);

    assertThat(model.seconds(40)).hasValue(20);
    assertThat(model.trainings()).isDeepEqualTo(new double[][] {{10, 5}, {20, 10}});
  }

  @Test
  void growsByWhatWaitsAndWhatArises() {
    IncorporationLatency latency = new IncorporationLatency();

    assertThat(latency.add(2, 3)).isEqualTo(3);
    assertThat(latency.add(new double[] {1, 1}, new double[] {4, 0}, 5)).isEqualTo(17);
    assertThat(latency.current()).isEqualTo(4);

    latency.onTrigger();
    assertThat(latency.area()).isZero();
    assertThat(latency.add(0, 100)).isZero();
  }

  @Test
  void firesWhenWaitingCostsMoreThanTraining() {
    IncorporationLatencyCost cost = new IncorporationLatencyCost(2, 1000);
    assertThat(cost.judge(new long[] {0, 1000}))
        .isEqualTo(new Decision(2, OptionalDouble.empty(), /* fired= */ true));
    cost.onTrigger();
    cost.onModel(2, 3);

    assertThat(cost.judge(new long[] {2000}))
        .isEqualTo(new Decision(0, OptionalDouble.of(3), /* fired= */ false));
    assertThat(cost.judge(new long[] {3000, 3500}))
        .isEqualTo(new Decision(4, OptionalDouble.of(3), /* fired= */ true));
  }

  @Test
  void goesOnAfterARestoreAsBefore() throws IOException {
    IncorporationLatencyCost whole = new IncorporationLatencyCost(0.1, 3);
    IncorporationLatencyCost restored = new IncorporationLatencyCost(0.1, 3);
    Random random = new Random(42);
    long time = 0;
    for (int i = 0; i < 100; i++) {
      long[] times = new long[1 + random.nextInt(4)];
      for (int j = 0; j < times.length; j++) {
        time += random.nextInt(1000);
        times[j] = time;
      }
      Decision decision = whole.judge(times);
      assertThat(restored.judge(times)).isEqualTo(decision);
      if (decision.fired()) {
        double seconds = random.nextDouble();
        whole.onTrigger();
        restored.onTrigger();
        whole.onModel(times.length, seconds);
        restored.onModel(times.length, seconds);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      restored.write(new DataOutputStream(bytes));
      restored = new IncorporationLatencyCost(0.1, 3);
      restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
  }

  @Test
  void namesTheValueThatIsWrong() {
    assertThatThrownBy(() -> new IncorporationLatencyCost(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("incorporation-delay-per-training-second must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new TrainingCostModel(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cost-tracking-window-size must be at least 1, got 0");
  }
}
