package dev.penstock.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.spec.training.Precision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the scale of losses follows overflows. */
final class LossScaleTest {

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void isOneWhereGradientsAreNotLost(Precision precision) {
    LossScale scale = LossScale.of(precision);

    scale.stepped();

    assertThat(scale.isDynamic()).isFalse();
    assertThat(scale.factor()).isEqualTo(1);
  }

  @Test
  void isHalvedByAnOverflowAndDoubledWhenNoneComesForLong() {
    LossScale scale = LossScale.of(Precision.FLOAT16);

    scale.overflowed();
    assertThat(scale.factor()).isEqualTo(32_768);
    step(scale, 1_999);
    scale.overflowed();
    step(scale, 1_999);
    assertThat(scale.factor()).isEqualTo(16_384);
    step(scale, 1);

    assertThat(scale.factor()).isEqualTo(32_768);
    assertThat(scale.leftOut()).isEqualTo(2);
  }

  @Test
  void isNeverBelowOne() {
    LossScale scale = LossScale.of(Precision.FLOAT16);

    for (int i = 0; i < 100; i++) {
      scale.overflowed();
    }

    assertThat(scale.factor()).isEqualTo(1);
  }

  @Test
  void goesOnWhereAnotherWas() throws IOException {
    LossScale first = LossScale.of(Precision.FLOAT16);
    first.overflowed();
    step(first, 1_999);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    first.write(new DataOutputStream(bytes));

    LossScale second = LossScale.of(Precision.FLOAT16);
    second.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    second.stepped();

    assertThat(second.factor()).isEqualTo(65_536);
    assertThat(second.leftOut()).isEqualTo(1);
  }

  private static void step(LossScale scale, int times) {
    for (int i = 0; i < times; i++) {
      scale.stepped();
    }
  }
}
