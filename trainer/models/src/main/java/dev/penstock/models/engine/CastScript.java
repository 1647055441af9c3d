package dev.penstock.models.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module that converts a tensor to another type: an archive as {@code torch.jit.save}
 * writes it, of code and of pickled state. The engine runs it as part of the graph that gradients
 * flow through.
 */
final class CastScript {

  /** Of {@code c10::ScalarType}. */
  static final int FLOAT16 = 5;

  /** Of {@code c10::ScalarType}. */
  static final int FLOAT32 = 6;

  /** Of {@code c10::ScalarType}. */
  static final int BFLOAT16 = 15;

  private static final String CODE =
      """
      class Cast(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Cast,
          x: Tensor) -> Tensor:
          return torch.to(x, %d)
      """;

  /** Pickle, protocol 2: an object of the class whose {@code training} is true. */
  private static final byte[] OBJECT =
      latin("\u0080\u0002c__torch__\nCast\n)\u0081}(X\u0008\0\0\0training\u0088ub.");

  /** Pickle, protocol 2: an empty tuple. */
  private static final byte[] NO_CONSTANTS = latin("\u0080\u0002).");

  private CastScript() {}

  /** The module's file. */
  static byte[] to(int scalarType) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", OBJECT);
      add(zip, "code/__torch__.py", latin(CODE.formatted(scalarType)));
      add(zip, "constants.pkl", NO_CONSTANTS);
      add(zip, "version", latin("3\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** Uncompressed, as the engine maps its files. */
  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("cast/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
