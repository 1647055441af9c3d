package dev.penstock.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.schemas.spec.trigger.drift.WindowsSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the windows by their definition. */
final class SampledWindowsTest {

  private static final int SAMPLE = 20;

  private record Item(long number, long time) {

    private long hash() {
      return SampleHash.of(3, number);
    }
  }

  private static final ElementCodec<Item> CODEC =
      new ElementCodec<>() {
        @Override
        public void write(Item item, DataOutput out) throws IOException {
          out.writeLong(item.number);
          out.writeLong(item.time);
        }

        @Override
        public Item read(DataInput in) throws IOException {
          return new Item(in.readLong(), in.readLong());
        }
      };

  static List<WindowsSpec> settings() {
    return List.of(
        new WindowsSpec.Amount(50, 30, /* allowOverlap= */ false),
        new WindowsSpec.Amount(50, 30, /* allowOverlap= */ true),
        new WindowsSpec.Amount(10, 40, /* allowOverlap= */ false),
        new WindowsSpec.Amount(10, 40, /* allowOverlap= */ true),
        new WindowsSpec.Time(
            Duration.ofMillis(90), Duration.ofMillis(40), /* allowOverlap= */ false),
        new WindowsSpec.Time(
            Duration.ofMillis(90), Duration.ofMillis(40), /* allowOverlap= */ true),
        new WindowsSpec.Time(
            Duration.ofMillis(15), Duration.ofMillis(60), /* allowOverlap= */ false),
        new WindowsSpec.Time(
            Duration.ofMillis(15), Duration.ofMillis(60), /* allowOverlap= */ true));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void samplesAreOfTheDefinedWindows(WindowsSpec settings) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      DetectionWindows<Item> definition = definition(settings);
      SampledWindows<Item> windows = new SampledWindows<>(settings, OptionalInt.of(SAMPLE));
      long time = 0;
      for (int i = 0; i < 1000; i++) {
        time += random.nextInt(4);
        Item item = new Item(i, time);
        definition.add(List.of(item));
        windows.add(item, time, item.hash());
        if (random.nextInt(40) == 0) {
          definition.onTrigger();
          windows.onTrigger();
        }
        if (random.nextInt(30) == 0) {
          windows = restored(windows, settings);
        }
        assertThat(windows.current()).isEqualTo(sample(definition.current()));
        assertThat(windows.reference()).isEqualTo(sample(definition.reference()));
      }
    }
  }

  @Test
  void keepsAFewTimesTheSampleOfALargeWindow() {
    SampledWindows<Item> windows =
        new SampledWindows<>(
            new WindowsSpec.Amount(100_000, 100_000, /* allowOverlap= */ false),
            OptionalInt.of(100));
    for (int i = 0; i < 300_000; i++) {
      windows.add(new Item(i, i), i, new Item(i, i).hash());
      if (i == 150_000) {
        windows.onTrigger();
      }
    }

    // Two windows of 100 (1 + ln 1000) each on average, and what has come since the last look.
    assertThat(windows.size()).isLessThan(4 * 800);
  }

  private static SampledWindows<Item> restored(SampledWindows<Item> windows, WindowsSpec settings)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    windows.write(CODEC, new DataOutputStream(bytes));
    SampledWindows<Item> restored = new SampledWindows<>(settings, OptionalInt.of(SAMPLE));
    restored.read(CODEC, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return restored;
  }

  private static DetectionWindows<Item> definition(WindowsSpec settings) {
    Overlap overlap = settings.allowOverlap() ? Overlap.ALLOWED : Overlap.NONE;
    if (settings instanceof WindowsSpec.Amount amount) {
      return new AmountWindows<>(
          new AmountWindows.Settings((int) amount.amountRef(), (int) amount.amountCur(), overlap));
    }
    WindowsSpec.Time time = (WindowsSpec.Time) settings;
    return new TimeWindows<>(
        new TimeWindows.Settings(time.limitRef(), time.limitCur(), overlap), Item::time);
  }

  private static List<Item> sample(List<Item> window) {
    return window.stream()
        .sorted((a, b) -> Long.compareUnsigned(a.hash(), b.hash()))
        .limit(SAMPLE)
        .sorted(Comparator.comparingLong(Item::number))
        .toList();
  }
}
