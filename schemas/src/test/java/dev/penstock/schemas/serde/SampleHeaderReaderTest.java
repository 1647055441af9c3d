package dev.penstock.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.QuarantineReason;
import dev.penstock.schemas.Sample;
import dev.penstock.schemas.serde.SampleHeaderReader.Kind;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.RecordedLabel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void tellsTheClassThatARecordedNumberHasReached() {
    RecordedLabel from = new RecordedLabel.Real(List.of(-1.0, 0.0, 2.5));
    SampleHeaderReader mapped = mapped(List.of("a", "b", "c", "d"), from);

    double[] numbers = {-7, -1, -0.5, -0.0, 2.5 - 1e-9, 2.5, 1e300};
    long[] classes = {0, 1, 1, 2, 2, 3, 3};
    for (int i = 0; i < numbers.length; i++) {
      byte[] value = encoder.regression(5, numbers[i], "key", new byte[] {7});
      assertThat(mapped.read(value)).isEqualTo(Kind.SAMPLE);
      assertThat(mapped.labelKind()).isEqualTo(LabelKind.CLASS);
      assertThat(mapped.labelClass()).as("of %s", numbers[i]).isEqualTo(classes[i]);
      assertThat(mapped.payloadLength()).isEqualTo(1);
      assertThat(reader.read(value)).isEqualTo(Kind.SAMPLE);
      assertThat(reader.labelReal()).isEqualTo(numbers[i]);
    }
    assertThat(mapped.read(encoder.unlabelled(5, "key", new byte[1]))).isEqualTo(Kind.SAMPLE);
    assertThat(mapped.labelKind()).isEqualTo(LabelKind.NONE);
    refuses(
        mapped,
        encoder.regression(5, Double.NaN, "key", new byte[1]),
        "label must be a finite double, got double NaN");
    refuses(
        mapped,
        encoder.classified(5, 1, "key", new byte[1]),
        "label must be a finite double, got class 1");
  }

  @Test
  void tellsTheClassThatARecordedOneBecomes() {
    List<String> recorded = List.of("u", "v", "w", "x");
    Map<String, String> to = Map.of("u", "b", "x", "a", "v", "b");
    RecordedLabel strict = new RecordedLabel.Classes(recorded, to, Optional.empty());
    RecordedLabel open = new RecordedLabel.Classes(recorded, to, Optional.of("a"));

    assertThat(classes(mapped(List.of("a", "b"), open))).containsExactly(1L, 1L, 0L, 0L, -1L);
    assertThat(classes(mapped(List.of("a", "b"), strict))).containsExactly(1L, 1L, -1L, 0L, -1L);
    refuses(
        mapped(List.of("a", "b"), strict),
        encoder.classified(5, 2, "key", new byte[1]),
        "label must be a class in [0, 4) that from.to has, got class 2");
    refuses(
        mapped(List.of("a", "b"), open),
        encoder.regression(5, 2, "key", new byte[1]),
        "label must be a class in [0, 4) that from.to has, got double 2.0");
  }

  private List<Long> classes(SampleHeaderReader mapped) {
    List<Long> classes = new ArrayList<>();
    for (int recorded = 0; recorded < 5; recorded++) {
      Kind kind = mapped.read(encoder.classified(5, recorded, "key", new byte[1]));
      classes.add(kind == Kind.SAMPLE ? mapped.labelClass() : -1);
    }
    return classes;
  }

  private static void refuses(SampleHeaderReader mapped, byte[] value, String detail) {
    assertThat(mapped.read(value)).isEqualTo(Kind.INVALID);
    assertThat(mapped.reason()).isEqualTo(QuarantineReason.LABEL);
    assertThat(mapped.detail()).isEqualTo(detail);
  }

  private static SampleHeaderReader mapped(List<String> names, RecordedLabel from) {
    return new SampleHeaderReader(new LabelSpec.Classes(names, Optional.of(from)));
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
