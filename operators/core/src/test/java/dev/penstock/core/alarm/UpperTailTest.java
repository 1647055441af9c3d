package dev.penstock.core.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The value that the next of a series exceeds with a given probability. */
final class UpperTailTest {

  @Test
  void aWellCoveredLevelIsARank() {
    RankedMemory memory = memory(IntStream.rangeClosed(1, 999).asDoubleStream().toArray());

    assertThat(UpperTail.threshold(memory, 0.01)).isEqualTo(990);
    assertThat(UpperTail.threshold(memory, 0.5)).isEqualTo(500);
  }

  /** Exponential scores: how often the next one exceeds the threshold has a closed form. */
  @Test
  void theNextValueExceedsItAsOftenAsDeclared() {
    Random random = new Random(42);
    for (int size : new int[] {100, 300, 1000}) {
      for (double level : new double[] {1.0 / 30, 1.0 / 720}) {
        double exceeds = 0;
        int streams = 2000;
        for (int stream = 0; stream < streams; stream++) {
          double[] values = new double[size];
          Arrays.setAll(values, i -> -Math.log(1 - random.nextDouble()));
          exceeds += Math.exp(-UpperTail.threshold(memory(values), level)) / streams;
        }
        assertThat(exceeds / level).as("%d values, level %s", size, level).isBetween(0.4, 1.15);
      }
    }
  }

  @Test
  void growsAsTheLevelFalls() {
    Random random = new Random(42);
    double[] values = new double[500];
    Arrays.setAll(values, i -> random.nextGaussian());
    RankedMemory memory = memory(values);

    double before = Double.NEGATIVE_INFINITY;
    for (double level = 0.5; level > 1e-6; level /= 2) {
      double threshold = UpperTail.threshold(memory, level);
      assertThat(threshold).isGreaterThan(before);
      before = threshold;
    }
  }

  @Test
  void aConstantIsItsOwnThreshold() {
    double[] values = new double[50];
    Arrays.fill(values, 3);

    assertThat(UpperTail.threshold(memory(values), 0.001)).isEqualTo(3);
  }

  @Test
  void doesNotDependOnTheUnit() {
    Random random = new Random(42);
    double[] values = new double[200];
    Arrays.setAll(values, i -> random.nextGaussian());
    double[] scaled = Arrays.stream(values).map(value -> 1000 * value + 7).toArray();

    assertThat(UpperTail.threshold(memory(scaled), 0.002))
        .isCloseTo(1000 * UpperTail.threshold(memory(values), 0.002) + 7, within(1e-6));
  }

  @Test
  void theMemoryIsRankedAndForgetsTheOldest() {
    RankedMemory memory = new RankedMemory(3);
    for (double value : new double[] {5, -0.0, 0.0, 2, 2, 1}) {
      memory.add(value);
    }

    assertThat(memory.size()).isEqualTo(3);
    assertThat(memory.atRank(0)).isEqualTo(1);
    assertThat(memory.atRank(1)).isEqualTo(2);
    assertThat(memory.atRank(2)).isEqualTo(2);
  }

  private static RankedMemory memory(double[] values) {
    RankedMemory memory = new RankedMemory(2048);
    Arrays.stream(values).forEach(memory::add);
    return memory;
  }
}
