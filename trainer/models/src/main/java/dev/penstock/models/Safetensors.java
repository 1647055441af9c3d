package dev.penstock.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weights in the safetensors format: the header's length (u64, little-endian), a JSON header that
 * names each tensor's dtype, shape and byte range, then the tensors without gaps. Only F32. The
 * same tensors give the same bytes.
 */
public final class Safetensors {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";

  /** Headers are padded with blanks, so that the tensors are aligned. */
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /**
   * Writes tensors, ordered by name.
   *
   * @param metadata text for readers
   */
  public static byte[] write(SortedMap<String, Tensor> tensors, Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = header.putObject(METADATA);
      new TreeMap<>(metadata).forEach(node::put);
    }
    long end = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      ObjectNode node = header.putObject(tensor.getKey());
      node.put("dtype", "F32");
      ArrayNode shape = node.putArray("shape");
      tensor.getValue().shape().forEach(shape::add);
      long start = end;
      end += (long) tensor.getValue().values().length * Float.BYTES;
      node.putArray("data_offsets").add(start).add(end);
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + padded + end))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes
        .putLong(padded)
        .put(json)
        .put(" ".repeat(padded - json.length).getBytes(StandardCharsets.UTF_8));
    for (Tensor tensor : tensors.values()) {
      bytes.asFloatBuffer().put(tensor.values());
      bytes.position(bytes.position() + tensor.values().length * Float.BYTES);
    }
    return bytes.array();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the bytes break the format's rules
   */
  public static SortedMap<String, Tensor> read(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < Long.BYTES) {
      throw new IllegalArgumentException("file must have a header, got " + file.length + " bytes");
    }
    long headerBytes = bytes.getLong();
    if (headerBytes < 2 || headerBytes > bytes.remaining()) {
      throw new IllegalArgumentException(
          "header must lie in the file, got " + headerBytes + " of " + file.length + " bytes");
    }
    JsonNode header;
    try {
      header = JSON.readTree(file, Long.BYTES, (int) headerBytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("header must be JSON", e);
    }
    int data = Long.BYTES + (int) headerBytes;
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (!field.getKey().equals(METADATA)) {
        tensors.put(field.getKey(), tensor(field.getValue(), bytes, data));
      }
    }
    return tensors;
  }

  private static Tensor tensor(JsonNode node, ByteBuffer bytes, int data) {
    if (!node.path("dtype").asText().equals("F32")) {
      throw new IllegalArgumentException("dtype must be F32, got " + node.path("dtype"));
    }
    List<Long> shape = new ArrayList<>();
    node.path("shape").forEach(size -> shape.add(size.asLong()));
    long start = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    if (start < 0 || end < start || data + end > bytes.limit()) {
      throw new IllegalArgumentException(
          "data_offsets must lie in the file, got " + node.path("data_offsets"));
    }
    float[] values = new float[(int) ((end - start) / Float.BYTES)];
    bytes
        .slice(data + (int) start, (int) (end - start))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return new Tensor(shape, values);
  }
}
