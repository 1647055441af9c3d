package dev.penstock.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.spec.storage.ModelStorageSpec.Operator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WeightsDeltaTest {

  static Stream<Arguments> ways() {
    return Stream.of(Operator.values())
        .flatMap(
            operator -> Stream.of(Arguments.of(operator, true), Arguments.of(operator, false)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void givesBackEveryBitPatternOfEveryType(Operator operator, boolean shuffled) {
    SplittableRandom random = new SplittableRandom(3);
    WeightsDelta delta = new WeightsDelta(Optional.of(operator), shuffled);
    for (String dtype : new String[] {"F64", "I64", "F32", "F16", "BF16", "I8", "U8", "BOOL"}) {
      byte[] file = file("a", dtype, 24, random);
      byte[] base = file("a", dtype, 24, random);

      assertThat(delta.decode(delta.encode(file, base), base)).as(dtype).isEqualTo(file);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void givesBackFloatsWhoseDifferenceIsRounded(Operator operator, boolean shuffled) {
    float[] values = {
      1e-8f, -0f, 0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 3e38f, -1.5f
    };
    float[] bases = {1f, 0f, -0f, 1f, Float.POSITIVE_INFINITY, -1e-8f, -3e38f, -1.5000001f};
    WeightsDelta delta = new WeightsDelta(Optional.of(operator), shuffled);

    byte[] base = floats(bases);
    byte[] file = floats(values);

    assertThat(delta.decode(delta.encode(file, base), base)).isEqualTo(file);
    assertThat(bases[0] + (values[0] - bases[0])).isNotEqualTo(values[0]);
  }

  @Test
  void neighboursDifferByOneWhateverTheirSign() {
    WeightsDelta delta = new WeightsDelta(Optional.of(Operator.SUB), /* shuffled= */ false);
    byte[] base = floats(1.5f, -1.5f, 2f);

    byte[] payload =
        delta.encode(floats(Math.nextUp(1.5f), Math.nextDown(-1.5f), Math.nextDown(2f)), base);

    ByteBuffer numbers = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    int start = payload.length - 12;
    assertThat(numbers.getInt(start)).isEqualTo(2);
    assertThat(numbers.getInt(start + 4)).isEqualTo(2);
    assertThat(numbers.getInt(start + 8)).isEqualTo(1);
  }

  @Test
  void leavesTensorsThatTheBaseDoesNotHave() {
    SplittableRandom random = new SplittableRandom(3);
    WeightsDelta delta = new WeightsDelta(Optional.of(Operator.XOR), /* shuffled= */ false);
    byte[] file = file("a", "F32", 24, random);

    for (byte[] other :
        new byte[][] {
          file("b", "F32", 24, random), file("a", "I32", 24, random), file("a", "F32", 8, random)
        }) {
      byte[] payload = delta.encode(file, other);

      assertThat(payload).isEqualTo(file);
      assertThat(delta.decode(payload, other)).isEqualTo(file);
    }
  }

  @Test
  void refusesFilesThatAreNone() {
    WeightsDelta delta = new WeightsDelta(Optional.empty(), /* shuffled= */ true);
    byte[] file = floats(1, 2);

    assertThatThrownBy(() -> delta.encode(new byte[7], file))
        .hasMessage("header must lie in the file, got -1 of 7 bytes");
    byte[] longer = ByteBuffer.allocate(file.length + 1).put(file).array();
    assertThatThrownBy(() -> delta.encode(longer, file))
        .hasMessage(
            "tensors must fill the file of " + longer.length + " bytes, got " + file.length);
  }

  private static byte[] floats(float... values) {
    byte[] file = file("a", "F32", values.length * Float.BYTES, new SplittableRandom(1));
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(file.length - values.length * Float.BYTES);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return file;
  }

  private static byte[] file(String name, String dtype, int bytes, SplittableRandom random) {
    byte[] header =
        "{\"%s\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(name, dtype, bytes, bytes)
            .getBytes(StandardCharsets.UTF_8);
    byte[] data = new byte[bytes];
    random.nextBytes(data);
    return ByteBuffer.allocate(Long.BYTES + header.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }
}
