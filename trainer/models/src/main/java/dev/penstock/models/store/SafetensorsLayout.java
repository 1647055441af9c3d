package dev.penstock.models.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the tensors of a safetensors file lie, of any type.
 *
 * @param prefix bytes before the tensors
 * @param tensors in the order in which they lie, without gaps from the end of the prefix to the end
 *     of the file
 */
record SafetensorsLayout(int prefix, List<Region> tensors) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A tensor.
   *
   * @param start of its bytes in the file
   * @param length of its bytes
   * @param width bytes of a number
   */
  record Region(String name, String dtype, List<Long> shape, int start, int length, int width) {

    /** Whether the other one's numbers can be compared with these, place by place. */
    boolean isLike(Region other) {
      return dtype.equals(other.dtype) && shape.equals(other.shape) && length == other.length;
    }
  }

  /**
   * Reads the header.
   *
   * @param file the file, or at least its prefix
   * @param fileLength of the whole file
   * @throws IllegalArgumentException if it breaks the format's rules
   */
  static SafetensorsLayout of(byte[] file, int fileLength) {
    long headerLength =
        file.length < Long.BYTES
            ? -1
            : ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 2 || headerLength > file.length - Long.BYTES) {
      throw new IllegalArgumentException(
          "header must lie in the file, got " + headerLength + " of " + file.length + " bytes");
    }
    int prefix = Long.BYTES + (int) headerLength;
    List<Region> regions = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header(file, prefix).properties()) {
      if (!field.getKey().equals("__metadata__")) {
        regions.add(region(field.getKey(), field.getValue(), prefix));
      }
    }
    regions.sort(Comparator.comparingInt(Region::start).thenComparingInt(Region::length));
    int end = prefix;
    for (Region region : regions) {
      if (region.start != end || region.length < 0) {
        throw new IllegalArgumentException(
            "tensors must lie without gaps, got " + region.name + " at " + region.start);
      }
      end += region.length;
    }
    if (end != fileLength) {
      throw new IllegalArgumentException(
          "tensors must fill the file of " + fileLength + " bytes, got " + end);
    }
    return new SafetensorsLayout(prefix, List.copyOf(regions));
  }

  private static JsonNode header(byte[] file, int prefix) {
    try {
      return JSON.readTree(file, Long.BYTES, prefix - Long.BYTES);
    } catch (IOException e) {
      throw new IllegalArgumentException("header must be JSON", e);
    }
  }

  private static Region region(String name, JsonNode node, int prefix) {
    List<Long> shape = new ArrayList<>();
    node.path("shape").forEach(size -> shape.add(size.asLong()));
    String dtype = node.path("dtype").asText();
    int start = node.path("data_offsets").path(0).asInt(-1);
    int end = node.path("data_offsets").path(1).asInt(-1);
    int width = width(dtype);
    return new Region(
        name, dtype, shape, prefix + start, end - start, (end - start) % width == 0 ? width : 1);
  }

  /** Of types that are not known, byte by byte. */
  private static int width(String dtype) {
    return switch (dtype) {
      case "F64", "I64", "U64" -> Long.BYTES;
      case "F32", "I32", "U32" -> Integer.BYTES;
      case "F16", "BF16", "I16", "U16" -> Short.BYTES;
      default -> 1;
    };
  }

  /** The tensor of that name. */
  Optional<Region> find(String name) {
    return tensors.stream().filter(region -> region.name.equals(name)).findFirst();
  }
}
