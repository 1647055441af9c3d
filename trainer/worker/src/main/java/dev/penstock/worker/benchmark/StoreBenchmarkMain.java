package dev.penstock.worker.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.topic.KafkaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the report of {@link StoreBenchmark}. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Bytes and load time of fine-tunings, stored in every way.")
public final class StoreBenchmarkMain implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "FILE",
      description = "whose topic has the samples, in one partition")
  private Path dataset = Path.of("");

  @Option(
      names = "--versions",
      defaultValue = "50",
      description = "fine-tunings after the first model (default: ${DEFAULT-VALUE})")
  private int versions;

  @Option(
      names = "--samples",
      defaultValue = "500",
      description = "of each (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--model",
      defaultValue = "{type: cnn, filters: [16, 32], hidden: 64}",
      paramLabel = "YAML",
      description = "(default: ${DEFAULT-VALUE})")
  private String model = "";

  @Option(
      names = "--optimizer",
      defaultValue = "{type: adam, learning-rate: 0.0001}",
      paramLabel = "YAML",
      description = "(default: ${DEFAULT-VALUE})")
  private String optimizer = "";

  @Option(
      names = "--way",
      paramLabel = "NAME",
      description = "to store them, as the report calls it; may be repeated (default: all)")
  private List<String> ways = new ArrayList<>();

  @Mixin private final ReportOutput output = new ReportOutput();

  public static void main(String[] args) {
    System.exit(new CommandLine(new StoreBenchmarkMain()).execute(KafkaOptions.normalize(args)));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("penstock-benchmark");
    try {
      BenchmarkReport report =
          new StoreBenchmark(
                  kafka.settings(),
                  SpecReader.readDataset(dataset).complete(),
                  SpecJson.readTraining(
                      "{model: %s, optimizer: %s, batch-size: 32, scaling: unit}"
                          .formatted(model, optimizer)),
                  versions,
                  samples,
                  ways,
                  directory)
              .run();
      return output.print(report);
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }
}
