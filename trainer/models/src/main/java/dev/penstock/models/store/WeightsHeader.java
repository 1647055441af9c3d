package dev.penstock.models.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.spec.storage.ModelStorageSpec.Operator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stored file says of itself: eight bytes {@code PSWEIGHT}, the header's length (u32,
 * little-endian), the header in JSON, then the payload in one zstd frame. Its base is named by its
 * digest, not by its place: a store may be moved, and the same model gives the same file anywhere.
 *
 * @param difference what the payload is a difference to; empty: a file by itself
 * @param versionsSinceFull versions since the last one that is stored by itself; 0: this is one
 * @param byteShuffle whether bytes are shuffled
 * @param size bytes of the safetensors file
 * @param sha256 of the safetensors file
 */
record WeightsHeader(
    Optional<Difference> difference,
    int versionsSinceFull,
    boolean byteShuffle,
    int size,
    String sha256) {

  static final int MAGIC_BYTES = 8;
  private static final byte[] MAGIC = "PSWEIGHT".getBytes(StandardCharsets.US_ASCII);
  private static final int PREFIX = MAGIC_BYTES + Integer.BYTES;
  private static final String FORMAT = "penstock-weights/1";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How the payload is to be taken.
   *
   * @param operator what the difference is
   * @param model id of the version that is the base, for people
   * @param sha256 of the base's stored file
   * @param size of the base's stored file
   */
  record Difference(Operator operator, String model, String sha256, long size) {}

  /** Whether a stored file has a header, and is not a safetensors file. */
  static boolean isIn(byte[] start) {
    return start.length >= MAGIC_BYTES && ByteBuffer.wrap(start, 0, MAGIC_BYTES).equals(magic());
  }

  private static ByteBuffer magic() {
    return ByteBuffer.wrap(MAGIC);
  }

  /** Where the payload begins in a file that begins so. */
  static int payloadStart(byte[] start) {
    int length =
        start.length < PREFIX
            ? -1
            : ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC_BYTES);
    if (length < 2 || length > start.length - PREFIX) {
      throw new IllegalArgumentException(
          "header must lie in the file, got " + length + " of " + start.length + " bytes");
    }
    return PREFIX + length;
  }

  /** Reads the header of a file that begins so. */
  static WeightsHeader read(byte[] start) {
    int end = payloadStart(start);
    JsonNode json;
    try {
      json = JSON.readTree(start, PREFIX, end - PREFIX);
    } catch (IOException e) {
      throw new IllegalArgumentException("header must be JSON", e);
    }
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new IllegalArgumentException(
          "format must be " + FORMAT + ", got " + json.path("format").asText());
    }
    return new WeightsHeader(
        Optional.ofNullable(difference(json)),
        json.path("versions-since-full").asInt(),
        json.path("byte-shuffle").asBoolean(),
        json.at("/safetensors/size").asInt(),
        json.at("/safetensors/sha256").asText());
  }

  private static @Nullable Difference difference(JsonNode json) {
    JsonNode base = json.path("base");
    return base.isMissingNode()
        ? null
        : new Difference(
            Operator.valueOf(json.path("operator").asText().toUpperCase(Locale.ROOT)),
            base.path("model").asText(),
            base.path("sha256").asText(),
            base.path("size").asLong());
  }

  /** The file with this header and payload. */
  byte[] write(byte[] compressed) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    difference.ifPresent(
        delta -> {
          json.put("operator", delta.operator.name().toLowerCase(Locale.ROOT));
          ObjectNode base = json.putObject("base");
          base.put("model", delta.model).put("sha256", delta.sha256).put("size", delta.size);
        });
    json.put("versions-since-full", versionsSinceFull);
    json.put("byte-shuffle", byteShuffle);
    json.putObject("safetensors").put("size", size).put("sha256", sha256);
    byte[] text;
    try {
      text = JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Header could not be written", e);
    }
    return ByteBuffer.allocate(PREFIX + text.length + compressed.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(text.length)
        .put(text)
        .put(compressed)
        .array();
  }
}
