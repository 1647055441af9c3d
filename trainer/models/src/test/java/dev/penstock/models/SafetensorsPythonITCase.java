package dev.penstock.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The format's own library, in Python, reads what is written here, and the other way round. Skipped
 * where there is none; {@code PENSTOCK_PYTHON} names an interpreter that has it.
 */
final class SafetensorsPythonITCase {

  private static final String PYTHON =
      Optional.ofNullable(System.getenv("PENSTOCK_PYTHON")).orElse("python3");

  @TempDir Path directory;

  @BeforeAll
  static void needsTheLibrary() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PYTHON, "-c", "import numpy, safetensors.numpy")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeThat(process.waitFor()).as("safetensors for " + PYTHON).isZero();
  }

  @Test
  void readsWhatIsWrittenHere() throws IOException, InterruptedException {
    Path file = directory.resolve("model.safetensors");
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    tensors.put("weight", new Tensor(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, -6.5f}));
    tensors.put("bias", Tensor.vector(new float[] {0.25f}));
    Files.write(file, Safetensors.write(tensors, Map.of("format", "pt", "id", "sea-1")));

    String printed =
        python(
            """
            import sys
            from safetensors import safe_open
            with safe_open(sys.argv[1], framework="np") as f:
                print(sorted(f.metadata().items()))
                for name in sorted(f.keys()):
                    tensor = f.get_tensor(name)
                    print(name, tensor.dtype, tensor.shape, tensor.flatten().tolist())
            """,
            file);

    assertThat(printed.lines())
        .containsExactly(
            "[('format', 'pt'), ('id', 'sea-1')]",
            "bias float32 (1,) [0.25]",
            "weight float32 (2, 3) [1.0, 2.0, 3.0, 4.0, 5.0, -6.5]");
  }

  @Test
  void isReadHere() throws IOException, InterruptedException {
    Path file = directory.resolve("python.safetensors");
    python(
        """
        import sys, numpy
        from safetensors.numpy import save_file
        tensor = numpy.arange(6, dtype=numpy.float32).reshape(3, 2)
        save_file({"a": tensor, "b": tensor[0].copy()}, sys.argv[1], metadata={"by": "python"})
        """,
        file);

    SortedMap<String, Tensor> tensors = Safetensors.read(Files.readAllBytes(file));

    assertThat(tensors).containsOnlyKeys("a", "b");
    List<Tensor> read = List.copyOf(tensors.values());
    assertThat(read.get(0).shape()).containsExactly(3L, 2L);
    assertThat(read.get(0).values()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(read.get(1).values()).containsExactly(0, 1);
  }

  private static String python(String script, Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PYTHON, "-c", script, file.toString()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
