package dev.penstock.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SafetensorsTest {

  private static final Tensor MATRIX =
      new Tensor(List.of(2L, 3L), new float[] {1, -2, 3.5f, 0, Float.MIN_VALUE, 6});
  private static final Tensor VECTOR = Tensor.vector(new float[] {7, 8});

  @Test
  void readsWhatItWrites() {
    SortedMap<String, Tensor> tensors = Safetensors.read(written());

    assertThat(tensors).containsOnlyKeys("bias", "weight");
    assertThat(tensors.values())
        .extracting(Tensor::shape)
        .containsExactly(VECTOR.shape(), MATRIX.shape());
    assertThat(tensors.values())
        .extracting(Tensor::values)
        .containsExactly(VECTOR.values(), MATRIX.values());
  }

  @Test
  void keepsTheRulesOfTheFormat() throws IOException {
    byte[] file = written();

    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = (int) bytes.getLong(0);
    String header = new String(file, 8, headerBytes, UTF_8);
    assertThat(header).startsWith("{");
    assertThat((8 + headerBytes) % 8).as("alignment of the tensors").isZero();
    JsonNode json = new ObjectMapper().readTree(header);
    assertThat(json.path("__metadata__").path("format").asText()).isEqualTo("pt");
    assertThat(json.path("bias").path("dtype").asText()).isEqualTo("F32");
    assertThat(json.path("bias").path("shape").toString()).isEqualTo("[2]");
    assertThat(json.path("bias").path("data_offsets").toString()).isEqualTo("[0,8]");
    assertThat(json.path("weight").path("data_offsets").toString()).isEqualTo("[8,32]");
    assertThat(file).as("no bytes beyond the tensors").hasSize(8 + headerBytes + 32);
    assertThat(bytes.getFloat(8 + headerBytes + 8 + 4)).isEqualTo(-2);
  }

  @Test
  void givesTheSameBytesForTheSameTensors() {
    assertThat(written()).isEqualTo(written());
  }

  @Test
  void refusesFilesThatBreakTheRules() {
    byte[] cut = Arrays.copyOf(written(), written().length - 1);

    assertThatThrownBy(() -> Safetensors.read(new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file must have a header, got 3 bytes");
    assertThatThrownBy(() -> Safetensors.read(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{'}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("header must lie in the file, got -1 of 9 bytes");
    assertThatThrownBy(() -> Safetensors.read(cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data_offsets must lie in the file, got [8,32]");
    assertThatThrownBy(
            () ->
                Safetensors.read(
                    file("{\"a\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,0]}}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dtype must be F32, got \"F16\"");
    assertThatThrownBy(
            () ->
                Safetensors.read(
                    file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,0]}}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values must be 2 for shape [2], got 0");
  }

  private static byte[] written() {
    return Safetensors.write(
        new TreeMap<>(Map.of("weight", MATRIX, "bias", VECTOR)), Map.of("format", "pt"));
  }

  private static byte[] file(String header) {
    byte[] json = header.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + json.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
