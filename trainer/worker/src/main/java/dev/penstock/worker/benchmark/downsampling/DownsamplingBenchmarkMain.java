package dev.penstock.worker.benchmark.downsampling;

import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints how well the models of every downsampler do, a line as soon as it is known. */
@Command(
    name = "downsampling",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Downsamplers against uniform random samples.")
public final class DownsamplingBenchmarkMain implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--dataset", required = true, description = "as in training tasks, JSON")
  private String dataset = "";

  @Option(names = "--test-topic", required = true, description = "samples to test on")
  private String testTopic = "";

  @Option(
      names = "--percent",
      defaultValue = "10",
      description = "of the samples that are kept (default: ${DEFAULT-VALUE})")
  private int percent;

  @Option(
      names = "--seeds",
      defaultValue = "5",
      description = "trainings of each (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--training",
      defaultValue =
          "{model: {type: mlp, hidden: [64]}, optimizer: {type: adam}, epochs-per-trigger: 5,"
              + " batch-size: 60, scaling: unit}",
      description = "as in a pipeline (default: ${DEFAULT-VALUE})")
  private String training = "";

  @Option(
      names = "--only",
      description = "contestants whose name has this, beside the baseline (default: all)")
  private Optional<String> only = Optional.empty();

  @Option(
      names = "--num-threads",
      defaultValue = "1",
      description = "of the engine (default: ${DEFAULT-VALUE})")
  private int threads;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new DownsamplingBenchmarkMain()).execute(KafkaOptions.normalize(args)));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DatasetSpec spec = SpecJson.readDataset(dataset);
    Path artifacts = Files.createTempDirectory("penstock-benchmark");
    try {
      DownsamplingBenchmark benchmark =
          new DownsamplingBenchmark(
              new DownsamplingBenchmark.Settings(
                  kafka.settings(),
                  spec,
                  testTopic,
                  training.strip().replaceFirst("}$", ""),
                  percent,
                  seeds,
                  threads),
              artifacts);
      print(benchmark);
    } finally {
      FileUtils.deleteDirectory(artifacts.toFile());
    }
    return CommandLine.ExitCode.OK;
  }

  private void print(DownsamplingBenchmark benchmark) throws InterruptedException {
    List<DownsamplingContest> contests = DownsamplingContest.all();
    System.out.print(DownsamplingResult.HEAD);
    Optional<DownsamplingResult> baseline = Optional.empty();
    for (DownsamplingContest contest : contests) {
      if (baseline.isEmpty() || only.filter(part -> !contest.name().contains(part)).isEmpty()) {
        DownsamplingResult result =
            benchmark.measure(
                contest,
                version -> System.err.printf("%s: %s%n", contest.name(), version.getMetrics()));
        baseline = Optional.of(baseline.orElse(result));
        System.out.println(result.line(baseline.get()));
      }
    }
  }
}
