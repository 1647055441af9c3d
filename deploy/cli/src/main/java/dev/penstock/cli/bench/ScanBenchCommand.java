package dev.penstock.cli.bench;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.jobs.benchmark.ScanBenchmark;
import dev.penstock.jobs.benchmark.ScanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The training job over a job that does nothing. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Samples a second of the training job over a no-op Flink job on the same topic,"
            + " and bytes of state of a tracked sample.")
final class ScanBenchCommand implements Callable<Integer> {

  @Mixin private final ReportOptions report = new ReportOptions();

  @Option(
      names = "--samples",
      defaultValue = "4000000",
      description = "of 100 bytes; a quarter of 1 KB (default: ${DEFAULT-VALUE})")
  private long samples;

  @Option(names = "--partitions", defaultValue = "4", description = "default: ${DEFAULT-VALUE}")
  private int partitions;

  @Option(names = "--parallelism", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private int parallelism;

  @Option(
      names = "--warm-ups",
      defaultValue = "3",
      description = "rounds before the first that counts (default: ${DEFAULT-VALUE})")
  private int warmUps;

  @Option(names = "--rounds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  @Override
  public Integer call() throws IOException, ExecutionException, InterruptedException {
    Path directory = Files.createTempDirectory("penstock-bench");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      return report.print(
          ScanBenchmark.run(
              new ScanOptions(
                  broker.settings(),
                  directory,
                  samples,
                  partitions,
                  parallelism,
                  warmUps,
                  rounds)));
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }
}
