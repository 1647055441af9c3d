package dev.penstock.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.models.PayloadEncoder;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleBufferTest {

  private static final PayloadEncoder FOUR_BYTES =
      PayloadEncoder.asItIs(new PayloadSpec.Tensor(PayloadSpec.Dtype.UINT8, List.of(4)));

  private static final int SAMPLES = 5;

  @TempDir Path directory;

  @Test
  void givesBackWhatWasPutInMemory() throws IOException {
    try (SampleBuffer buffer = SampleBuffer.allocate(SAMPLES, FOUR_BYTES, 1_000, directory)) {
      assertHoldsWhatWasPut(buffer);
      assertThat(files()).isZero();
    }
  }

  @Test
  void givesBackWhatWasPutInAFileThatIsGoneWhenMapped() throws IOException {
    try (SampleBuffer buffer = SampleBuffer.allocate(SAMPLES, FOUR_BYTES, 10, directory)) {
      assertThat(buffer.chunk(0).isDirect()).isTrue();
      assertHoldsWhatWasPut(buffer);
      assertThat(files()).isZero();
    }
  }

  private static void assertHoldsWhatWasPut(SampleBuffer buffer) {
    for (int i = SAMPLES - 1; i >= 0; i--) {
      ByteBuffer payload = ByteBuffer.allocate(4).putInt(i * 1_000_003).flip();
      buffer.put(i, payload, i == 2 ? Double.NaN : i);
    }

    for (int i = 0; i < SAMPLES; i++) {
      assertThat(buffer.chunk(i).getInt(buffer.position(i))).isEqualTo(i * 1_000_003);
    }
    assertThat(buffer.labelled()).containsExactly(0, 1, 3, 4);
    assertThat(buffer.label(3)).isEqualTo(3);
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
