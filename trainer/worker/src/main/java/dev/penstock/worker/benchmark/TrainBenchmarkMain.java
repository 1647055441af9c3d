package dev.penstock.worker.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.schemas.topic.KafkaOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
      names = "--networks",
      split = ",",
      defaultValue = "mlp,cnn,resnet-18",
      description = "to train: ${COMPLETION-CANDIDATES} (default: all)")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<BenchmarkNetwork> networks = new ArrayList<>();

  @Option(
      names = "--payloads",
      split = ",",
      defaultValue = "kb-1,kb-150",
      description = "of the samples: ${COMPLETION-CANDIDATES} (default: all)")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<BenchmarkPayload> payloads = new ArrayList<>();

  @Option(
      names = "--percent",
      split = ",",
      defaultValue = "1,10,50,100",
      description = "of the log that is selected (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<Integer> percent = new ArrayList<>();

  @Option(
      names = "--epochs",
      split = ",",
      defaultValue = "1,3",
      description = "of a training (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<Integer> epochs = new ArrayList<>();

  @Option(
      names = "--fetchers",
      split = ",",
      defaultValue = "1,4",
      description = "threads that read samples (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private List<Integer> fetchers = new ArrayList<>();

  @Option(
      names = "--size",
      defaultValue = "1",
      description =
          "factor of the samples of each training, which take some seconds"
              + " (default: ${DEFAULT-VALUE})")
  private double size;

  @Option(
      names = "--log-megabytes",
      defaultValue = "1024",
      description = "of a log, which bound the samples of small shares (default: ${DEFAULT-VALUE})")
  private int logMegabytes;

  @Option(
      names = "--warm-ups",
      defaultValue = "3",
      description = "rounds that do not count (default: ${DEFAULT-VALUE})")
  private int warmUps;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--num-threads",
      defaultValue = "1",
      description = "of the engine (default: ${DEFAULT-VALUE})")
  private int threads;

  @Option(
      names = "--device",
      defaultValue = "cpu",
      description = "cpu, gpu or gpu:N (default: ${DEFAULT-VALUE})")
  private String device = "";

  @Mixin private final ReportOutput output = new ReportOutput();

  public static void main(String[] args) {
    System.exit(new CommandLine(new TrainBenchmarkMain()).execute(KafkaOptions.normalize(args)));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TrainOptions.Grid grid = new TrainOptions.Grid(networks, payloads, percent, epochs, fetchers);
    TrainOptions.Size lengths = new TrainOptions.Size(size, (long) logMegabytes << 20);
    BenchmarkReport report =
        TrainBenchmark.run(
            new TrainOptions(kafka.settings(), grid, lengths, warmUps, rounds, threads, device));
    return output.print(report);
  }
}
