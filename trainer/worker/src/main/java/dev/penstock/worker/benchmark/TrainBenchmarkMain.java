package dev.penstock.worker.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.InterleavedRuns;
import dev.penstock.schemas.topic.KafkaOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the report of {@link TrainBenchmark}; ends with 1 if a goal is not met. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trainings over Kafka beside the same trainings on tensors in memory.")
public final class TrainBenchmarkMain implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--samples",
      defaultValue = "8000",
      description =
          "trained on in each run of the CNN, a quarter of the MLP's (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--warm-ups",
      defaultValue = "1",
      description = "rounds that do not count (default: ${DEFAULT-VALUE})")
  private int warmUps;

  @Option(
      names = "--rounds",
      defaultValue = "" + InterleavedRuns.ROUNDS,
      description = "rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--num-threads",
      defaultValue = "1",
      description = "of the engine (default: ${DEFAULT-VALUE})")
  private int threads;

  @Option(
      names = "--fetchers",
      defaultValue = "2",
      description = "threads that read samples (default: ${DEFAULT-VALUE})")
  private int fetchers;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private String output = "";

  public static void main(String[] args) {
    System.exit(new CommandLine(new TrainBenchmarkMain()).execute(KafkaOptions.normalize(args)));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchmarkReport report =
        TrainBenchmark.run(
            new TrainOptions(kafka.settings(), samples, warmUps, rounds, threads, fetchers));
    System.out.println(output.equals("json") ? report.toJson() : report.toTable());
    return report.exitCode();
  }
}
