package dev.penstock.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What windows hold, whatever blocks the elements come in. */
final class DetectionWindowsTest {

  private static final ElementCodec<Long> LONGS =
      new ElementCodec<>() {
        @Override
        public void write(Long element, DataOutput out) throws IOException {
          out.writeLong(element);
        }

        @Override
        public Long read(DataInput in) throws IOException {
          return in.readLong();
        }
      };

  static Stream<Supplier<DetectionWindows<Long>>> windows() {
    return Stream.of(Overlap.values())
        .flatMap(
            overlap ->
                Stream.of(
                    () -> amount(7, 3, overlap),
                    () -> amount(3, 7, overlap),
                    () -> time(20, 8, overlap),
                    () -> time(8, 20, overlap)));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void dependsOnElementsNotOnBlocks(Supplier<DetectionWindows<Long>> supplier) throws IOException {
    DetectionWindows<Long> blocks = supplier.get();
    DetectionWindows<Long> singles = supplier.get();
    Random random = new Random(42);
    long time = 0;
    for (int i = 0; i < 100; i++) {
      Long[] block = new Long[random.nextInt(6)];
      for (int j = 0; j < block.length; j++) {
        time += random.nextInt(5);
        block[j] = time;
      }
      blocks.add(List.of(block));
      Stream.of(block).forEach(element -> singles.add(List.of(element)));
      if (random.nextInt(4) == 0) {
        blocks.onTrigger();
        singles.onTrigger();
      }
      assertSame(singles, blocks);
      singles.read(LONGS, bytes(blocks));
      assertSame(singles, blocks);
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void staysOnASecondTrigger(Supplier<DetectionWindows<Long>> supplier) {
    DetectionWindows<Long> windows = supplier.get();
    windows.add(List.of(1L, 5L, 9L, 12L, 20L, 21L));
    windows.onTrigger();
    List<Long> reference = windows.reference();
    List<Long> current = windows.current();

    windows.onTrigger();

    assertThat(windows.reference()).isEqualTo(reference);
    assertThat(windows.current()).isEqualTo(current);
  }

  @Test
  void movesTheCurrentWindowIntoTheReference() {
    DetectionWindows<Long> windows = amount(4, 2, Overlap.NONE);
    windows.add(List.of(1L, 2L, 3L, 4L, 5L));
    assertThat(windows.pending()).containsExactly(2L, 3L);

    windows.onTrigger();

    assertThat(windows.reference()).containsExactly(2L, 3L, 4L, 5L);
    assertThat(windows.current()).isEmpty();
  }

  @Test
  void keepsElementsAtTheLimitOfTime() {
    DetectionWindows<Long> windows = time(20, 10, Overlap.NONE);

    windows.add(List.of(0L, 9L, 10L, 20L));

    assertThat(windows.current()).containsExactly(10L, 20L);
    assertThat(windows.pending()).containsExactly(0L, 9L);
  }

  @Test
  void namesTheSettingThatIsWrong() {
    assertThatThrownBy(() -> new AmountWindows.Settings(0, 1, Overlap.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("amount-ref must be at least 1, got 0");
    assertThatThrownBy(
            () -> new TimeWindows.Settings(Duration.ofDays(1), Duration.ZERO, Overlap.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit-cur must be positive ms, got 0");
  }

  private static void assertSame(DetectionWindows<Long> actual, DetectionWindows<Long> expected) {
    assertThat(actual.current()).isEqualTo(expected.current());
    assertThat(actual.reference()).isEqualTo(expected.reference());
    assertThat(actual.pending()).isEqualTo(expected.pending());
  }

  private static DetectionWindows<Long> amount(int reference, int current, Overlap overlap) {
    return new AmountWindows<>(new AmountWindows.Settings(reference, current, overlap));
  }

  private static DetectionWindows<Long> time(long reference, long current, Overlap overlap) {
    return new TimeWindows<>(
        new TimeWindows.Settings(Duration.ofMillis(reference), Duration.ofMillis(current), overlap),
        element -> element);
  }

  private static DataInputStream bytes(DetectionWindows<Long> windows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    windows.write(LONGS, new DataOutputStream(bytes));
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
