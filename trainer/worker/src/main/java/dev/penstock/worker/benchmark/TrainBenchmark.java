package dev.penstock.worker.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Goal;
import dev.penstock.core.benchmark.InterleavedRuns;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.models.Network;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.worker.request.Devices;
import dev.penstock.worker.request.TrainingRequest;
import dev.penstock.worker.request.TrainingSettings;
import dev.penstock.worker.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * Whole trainings, from the first read of the sample log to the model in the store, beside the same
 * network trained on tensors in memory. Samples are selected at random from a log of which they are
 * a share. Where that is small the scan bounds a training: it then stands beside a plain consumer
 * of the same stretch of the log.
 */
public final class TrainBenchmark {

  private static final int BATCH = 64;
  private static final float LEARNING_RATE = 0.001f;

  /** Below this share the scan bounds a single pass. */
  private static final int SCAN_BOUND_PERCENT = 10;

  /** How long trainings in a new process, of a new broker, share their cores with the compiler. */
  private static final long COMPILING_SECONDS = 20;

  private static final String DATASET =
      """
      kind: dataset
      name: benchmark
      topic: %s
      payload: {type: tensor, dtype: uint8, shape: [%d, %d, %d]}
      label: {type: classes, names: [a, b, c, d, e, f, g, h, i, j]}
      """;
  private static final String TRAINING =
      "{model: %s, optimizer: {type: adam, learning-rate: "
          + LEARNING_RATE
          + "}, epochs-per-trigger: %d, batch-size: "
          + BATCH
          + ", scaling: unit}";

  private final TrainOptions options;
  private final BenchmarkPayload payload;
  private final BenchmarkLog log;
  private final Path artifacts;
  private final DatasetSpec dataset;

  private TrainBenchmark(
      TrainOptions options, BenchmarkPayload payload, BenchmarkLog log, Path artifacts) {
    this.options = options;
    this.payload = payload;
    this.log = log;
    this.artifacts = artifacts;
    String text =
        DATASET.formatted(log.topic(), payload.channels(), payload.side(), payload.side());
    this.dataset = SpecReader.parseDataset("benchmark", text).complete();
  }

  /** A training of the grid. */
  private record Cell(BenchmarkNetwork network, int percent, int epochs, int fetchers) {

    String name(BenchmarkPayload payload) {
      return "%s, %s, %d %%, %d epoch%s, %d fetcher%s"
          .formatted(
              network,
              payload.text(),
              percent,
              epochs,
              epochs == 1 ? "" : "s",
              fetchers,
              fetchers == 1 ? "" : "s");
    }
  }

  /** Runs the benchmark on a broker that runs; says on the error output how far it is. */
  public static BenchmarkReport run(TrainOptions options) throws IOException, InterruptedException {
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(options.threads()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Path artifacts = Files.createTempDirectory("penstock-benchmark");
    List<Measure> measures = new ArrayList<>();
    try {
      for (BenchmarkPayload payload : options.grid().payloads()) {
        try (BenchmarkLog log =
            BenchmarkLog.write(options.kafka(), payload, longestSpan(options, payload))) {
          TrainBenchmark benchmark = new TrainBenchmark(options, payload, log, artifacts);
          for (Cell cell : cells(options.grid())) {
            if (measures.isEmpty()) {
              benchmark.warmUp(cell);
            }
            List<Measure> ofCell = benchmark.measure(cell);
            System.err.println(new BenchmarkReport(ofCell).toTable());
            measures.addAll(ofCell);
          }
        }
      }
    } finally {
      FileUtils.deleteDirectory(artifacts.toFile());
    }
    return new BenchmarkReport(measures);
  }

  private static List<Cell> cells(TrainOptions.Grid grid) {
    List<Cell> cells = new ArrayList<>();
    for (BenchmarkNetwork network : grid.networks()) {
      for (int percent : grid.percent()) {
        for (int epochs : grid.epochs()) {
          for (int fetchers : grid.fetchers()) {
            cells.add(new Cell(network, percent, epochs, fetchers));
          }
        }
      }
    }
    return cells;
  }

  private static int longestSpan(TrainOptions options, BenchmarkPayload payload) {
    int longest = 0;
    for (Cell cell : cells(options.grid())) {
      int samples = samples(options, payload, cell);
      longest = Math.max(longest, span(samples, cell.percent));
    }
    return longest;
  }

  /** As many as the network is trained on, or as there are in a log of the allowed size. */
  private static int samples(TrainOptions options, BenchmarkPayload payload, Cell cell) {
    double wanted = cell.network.samples(payload) * options.size().factor();
    double allowed = (double) options.size().logBytes() / payload.bytes() * cell.percent / 100;
    int samples = (int) Math.min(wanted, allowed);
    return Math.max(BATCH, samples - samples % BenchmarkLog.PARTITIONS);
  }

  private static int span(int samples, int percent) {
    return Math.multiplyExact(samples, 100 / percent);
  }

  private void warmUp(Cell cell) throws InterruptedException {
    TrainingRequest request = request(cell);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(COMPILING_SECONDS);
    while (System.nanoTime() < end) {
      var unused = train(request);
    }
  }

  private List<Measure> measure(Cell cell) throws InterruptedException {
    TrainingSpec training = training(cell);
    int samples = samples(options, payload, cell);
    int span = span(samples, cell.percent);
    TrainingRequest request = request(cell);
    long trained = (long) samples * cell.epochs;
    List<Run> runs = new ArrayList<>();
    InterleavedRuns speeds =
        InterleavedRuns.<InterruptedException>measure(
            options.warmUps(),
            options.rounds(),
            () -> baseline(training).run(samples, cell.epochs, LEARNING_RATE),
            () -> {
              Run run = train(request);
              runs.add(run);
              return trained / run.seconds;
            });
    List<Run> counted = runs.subList(options.warmUps(), runs.size());
    String name = cell.name(payload);
    List<Measure> measures = new ArrayList<>();
    measures.add(
        cell.percent < SCAN_BOUND_PERCENT
            ? Measure.informative(name + ", of memory", "ratio", speeds.ratios())
            : Measure.of(
                name + ", of memory", "ratio", Goal.atLeast(cell.network.goal()), speeds.ratios()));
    measures.add(Measure.informative(name + ", worker", "samples/s", speeds.candidate()));
    measures.add(
        Measure.informative(
            name + ", waiting for data",
            "share",
            counted.stream().map(run -> run.waiting / run.seconds).toList()));
    if (cell.percent < SCAN_BOUND_PERCENT) {
      measures.add(scan(name, span, cell.fetchers, counted));
    }
    return measures;
  }

  /** How fast the worker went through the log, over a consumer that throws away what it reads. */
  private Measure scan(String name, int span, int fetchers, List<Run> runs)
      throws InterruptedException {
    List<Double> ratios = new ArrayList<>();
    for (Run run : runs) {
      ratios.add(RawScan.seconds(options.kafka(), log, span, fetchers) / run.reading);
    }
    return Measure.informative(name + ", reading, of a raw consumer", "ratio", ratios);
  }

  /**
   * A training as it was.
   *
   * @param seconds from the first read to the model in the store
   * @param waiting seconds that the training loop waited for samples
   * @param reading seconds until the last sample was read
   */
  private record Run(double seconds, double waiting, double reading) {}

  private static Run train(TrainingRequest request) throws InterruptedException {
    long start = System.nanoTime();
    ModelVersion version = new Training(request).train();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Run(
        seconds,
        version.getMetrics().getOrDefault("waitSeconds", Double.NaN),
        version.getMetrics().getOrDefault("readSeconds", Double.NaN));
  }

  /** A new one each time: a network's weights go with the model that holds them. */
  private PlainLoop baseline(TrainingSpec training) {
    return new PlainLoop(
        Network.of(training.model(), dataset.payload(), dataset.label()),
        BATCH,
        Devices.of(options.device()));
  }

  private static TrainingSpec training(Cell cell) {
    return SpecJson.readTraining(TRAINING.formatted(cell.network.model(), cell.epochs));
  }

  private TrainingRequest request(Cell cell) {
    int samples = samples(options, payload, cell);
    SampleSet set = log.select(samples, span(samples, cell.percent));
    TrainingTask task =
        TrainingTask.newBuilder()
            .setId("benchmark-1")
            .setPipeline("benchmark")
            .setDecisionNumber(1)
            .setTriggerNumber(1)
            .setDataset(SpecJson.write(dataset))
            .setTraining(SpecJson.write(training(cell)))
            .setTrainingSet(set.toRecord())
            .setSliceTime(0)
            .setBoundary(List.of())
            .setSeed(1)
            .build();
    return new TrainingRequest(
        task,
        Optional.empty(),
        options.kafka(),
        artifacts.toUri(),
        new TrainingSettings("benchmark", options.device(), options.threads(), cell.fetchers));
  }
}
