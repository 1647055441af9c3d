package dev.penstock.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.training.optimization.ScheduleSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates of the first eight epochs, worked out by the formulas of PyTorch's documentation. */
final class LearningRatesTest {

  private static final double BASE = 0.8;
  private static final int EPOCHS = 8;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: constant}|1 1 1 1 1 1 1 1",
        "{type: constant, warm-up: 4, warm-up-factor: 0.2}|0.2 0.4 0.6 0.8 1 1 1 1",
        "{type: step, step-size: 3}|1 1 1 0.1 0.1 0.1 0.01 0.01",
        "{type: multi-step, milestones: [1, 5], gamma: 0.5}|1 0.5 0.5 0.5 0.5 0.25 0.25 0.25",
        "{type: exponential, gamma: 0.5}|1 0.5 0.25 0.125 0.0625 0.03125 0.015625 0.0078125",
        "{type: cosine}|1 0.9619397663 0.8535533906 0.6913417162 0.5 0.3086582838 0.1464466094"
            + " 0.0380602337",
        "{type: cosine, t-max: 4, eta-min: 0.4}|1 0.9267766953 0.75 0.5732233047 0.5 0.5 0.5 0.5",
        "{type: cosine, warm-up: 4, warm-up-factor: 0.5}|0.5 0.625 0.75 0.875 1 0.8535533906 0.5"
            + " 0.1464466094",
      })
  void followPyTorch(String schedule, String factors) {
    String[] expected = factors.split(" ", -1);
    for (String per : new String[] {"epoch", "batch"}) {
      LearningRates rates = new LearningRates(spec(schedule, per), EPOCHS);
      for (int i = 0; i < expected.length; i++) {
        double rate = per.equals("epoch") ? rates.rate(BASE, i, 1000) : rates.rate(BASE, 0, i);

        assertThat(rate)
            .as("%s per %s at %d", schedule, per, i)
            .isCloseTo(BASE * Double.parseDouble(expected[i]), within(1e-9));
      }
    }
  }

  private static ScheduleSpec spec(String schedule, String per) {
    String withPer = schedule.replace("}", ", per: " + per + "}");
    return SpecJson.readTraining("{model: {type: mlp}, learning-rate-schedule: " + withPer + "}")
        .optimization()
        .schedule();
  }
}
