package dev.penstock.worker.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The choice of a tenth of a million samples fits into a heap that is declared. */
@Timeout(600)
final class MillionSamplesITCase {

  /** Payloads and labels of the samples take 16 MB of it. */
  private static final String HEAP = "-Xmx192m";

  private static final List<String> METHODS =
      List.of(
          "{type: loss, ratio: 10}",
          "{type: gradient-norm, ratio: 10}",
          "{type: uncertainty, samples: 100000, per-class: true}",
          "{type: rho-loss, ratio: 10, holdout-ratio: 1, irreducible-epochs: 1}",
          "{type: rs2, ratio: 10}",
          "{type: k-center, ratio: 10, part-size: 250}",
          "{type: submodular, ratio: 10, part-size: 250}",
          "{type: submodular, function: graph-cut, ratio: 10, part-size: 250}",
          "{type: submodular, function: log-determinant, ratio: 10, part-size: 250}",
          "{type: craig, ratio: 10, part-size: 250}",
          "{type: grad-match, ratio: 10, part-size: 250}");

  @Test
  void choosesATenthOfAMillionSamples() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MillionSamples.class.getName());
    command.addAll(METHODS);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = process.inputReader(UTF_8).lines().filter(l -> l.contains("|")).toList();

    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(METHODS.size());
    for (String line : lines) {
      String[] fields = line.split("\\|", -1);
      int kept = Integer.parseInt(fields[1]);
      // Of the held-out samples none is kept, and grad-match leaves out those of weight 0.
      int most = fields[0].contains("rho-loss") ? 99_000 : 100_000;
      assertThat(kept).as(line).isLessThanOrEqualTo(most);
      assertThat(fields[0].contains("grad-match") || kept == most).as(line).isTrue();
    }
  }
}
