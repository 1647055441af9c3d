package dev.penstock.cli.bench;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.bench.ReportOptions.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** A worker that reads from Kafka over the same training loop in memory. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Samples a second of a worker over Kafka over the same training loop in memory,"
            + " at several selectivities. Further arguments go to the benchmark's process:"
            + " --networks mlp,cnn,resnet-18, --payloads kb-1,kb-150, --percent 1,10,50,100,"
            + " --epochs 1,3, --fetchers 1,4, --rounds, --warm-ups, --size, --log-megabytes,"
            + " --num-threads, --device.")
final class TrainBenchCommand implements Callable<Integer> {

  @Mixin private final ReportOptions report = new ReportOptions();

  @Unmatched
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<String> more = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("penstock-bench");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      return new EngineProcess("TrainBenchmarkMain", directory, "4g")
          .args("--bootstrap-servers", broker.bootstrapServers())
          .args("-o", report.format() == Format.JSON ? "json" : "text")
          .args(more)
          .run();
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }
}
