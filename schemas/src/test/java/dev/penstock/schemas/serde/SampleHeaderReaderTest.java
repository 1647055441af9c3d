package dev.penstock.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.QuarantineReason;
import dev.penstock.schemas.Sample;
import dev.penstock.schemas.serde.SampleHeaderReader.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SampleHeaderReaderTest {

  private final SampleEncoder encoder = new SampleEncoder();
  private final SampleHeaderReader reader = new SampleHeaderReader();
  private final AvroCodec<Sample> codec = AvroCodec.of(Sample.class);

  @Test
  void readsWhatStandsBeforeThePayload() {
    byte[] value = encoder.classified(1_700_000_000_000L, 3, "key", new byte[] {7, 8, 9});

    assertThat(reader.read(value)).isEqualTo(Kind.SAMPLE);
    assertThat(reader.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(reader.labelKind()).isEqualTo(LabelKind.CLASS);
    assertThat(reader.labelClass()).isEqualTo(3);
    assertThat(new String(value, reader.keyStart(), reader.keyLength(), UTF_8)).isEqualTo("key");
    assertThat(Arrays.copyOfRange(value, reader.payloadStart(), value.length))
        .containsExactly(7, 8, 9);
  }

  @Test
  void writesTheSameBytesAsAvro() {
    byte[] payload = {1, 2, 3};

    assertThat(encoder.unlabelled(-5, "", payload))
        .isEqualTo(codec.encode(new Sample(-5L, null, "", ByteBuffer.wrap(payload))));
    assertThat(encoder.classified(5, 1, "k", payload))
        .isEqualTo(codec.encode(new Sample(5L, 1L, "k", ByteBuffer.wrap(payload))));
    assertThat(encoder.regression(5, 1.5, "ü", payload))
        .isEqualTo(codec.encode(new Sample(5L, 1.5, "ü", ByteBuffer.wrap(payload))));
  }

  @Test
  void tellsProgressMarkersApart() {
    assertThat(reader.read(encoder.progress(42))).isEqualTo(Kind.PROGRESS);
    assertThat(reader.timestamp()).isEqualTo(42);
  }

  @Test
  void refusesAForeignSchema() {
    byte[] value = encoder.progress(42);
    value[4] ^= 1;

    assertThat(reader.read(value)).isEqualTo(Kind.INVALID);
    assertThat(reader.reason()).isEqualTo(QuarantineReason.UNKNOWN_SCHEMA);
  }

  @Test
  void agreesWithAvroOnSpoiltRecords() {
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] payload = new byte[random.nextInt(20)];
      byte[] value = encoder.classified(random.nextLong(), random.nextInt(5), "key" + i, payload);
      value = spoilt(value, random);
      if (reader.read(value) == Kind.SAMPLE) {
        Sample sample = codec.decode(value);
        assertThat(sample.getTimestamp()).isEqualTo(reader.timestamp());
        assertThat(sample.getPayload().remaining()).isEqualTo(reader.payloadLength());
      } else {
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 49_000);
  }

  private static byte[] spoilt(byte[] value, SplittableRandom random) {
    byte[] result = Arrays.copyOf(value, Math.max(0, value.length - random.nextInt(3)));
    for (int flips = random.nextInt(3); flips > 0 && result.length > 10; flips--) {
      result[10 + random.nextInt(result.length - 10)] ^= (byte) (1 << random.nextInt(8));
    }
    return result;
  }
}
