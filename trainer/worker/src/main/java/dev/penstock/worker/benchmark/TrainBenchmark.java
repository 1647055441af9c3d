package dev.penstock.worker.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Goal;
import dev.penstock.core.benchmark.InterleavedRuns;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.models.Network;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.spec.DatasetSpec;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.TrainingSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.worker.training.Training;
import dev.penstock.worker.training.TrainingRequest;
import dev.penstock.worker.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/**
 * Whole trainings, from the first read of the sample log to the model in the store, beside the same
 * network trained on tensors in memory: two epochs of samples of 1 KB, selected at random from a
 * log of which they are 100, 50 or 10 %.
 */
public final class TrainBenchmark {

  private static final int EPOCHS = 2;
  private static final int BATCH = 64;
  private static final float LEARNING_RATE = 0.001f;
  private static final int[] PERCENT = {100, 50, 10};
  private static final String DATASET =
      """
      kind: dataset
      name: benchmark
      topic: %s
      payload: {type: tensor, dtype: uint8, shape: [1, %d, %d]}
      label: {type: classes, names: [a, b, c, d, e, f, g, h, i, j]}
      """;
  private static final String TRAINING =
      "{model: %s, optimizer: {type: adam, learning-rate: "
          + LEARNING_RATE
          + "}, epochs-per-trigger: "
          + EPOCHS
          + ", batch-size: "
          + BATCH
          + ", scaling: unit}";

  private final TrainOptions options;
  private final BenchmarkLog log;
  private final Path artifacts;
  private final DatasetSpec dataset;

  private TrainBenchmark(TrainOptions options, BenchmarkLog log, Path artifacts) {
    this.options = options;
    this.log = log;
    this.artifacts = artifacts;
    String text = DATASET.formatted(log.topic(), BenchmarkLog.SIDE, BenchmarkLog.SIDE);
    this.dataset = SpecReader.parseDataset("benchmark", text).complete();
  }

  /** A network and the share of the plain loop's speed that it must reach. */
  private enum Case {
    MLP("{type: mlp, hidden: [256, 128]}", 4, 0.85),
    CNN("{type: cnn, filters: [16, 32], hidden: 64}", 1, 0.95);

    private final String model;
    private final int factor;
    private final double goal;

    /**
     * @param factor runs have so many times the samples, so that each case's last about as long
     */
    Case(String model, int factor, double goal) {
      this.model = model;
      this.factor = factor;
      this.goal = goal;
    }
  }

  /** Runs the benchmark on a broker that runs. */
  public static BenchmarkReport run(TrainOptions options) throws IOException, InterruptedException {
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(options.threads()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Path artifacts = Files.createTempDirectory("penstock-benchmark");
    List<Measure> measures = new ArrayList<>();
    try (BenchmarkLog log =
        BenchmarkLog.write(options.kafka(), span(Case.MLP.factor * options.samples(), 10))) {
      TrainBenchmark benchmark = new TrainBenchmark(options, log, artifacts);
      for (Case network : Case.values()) {
        for (int percent : PERCENT) {
          measures.addAll(benchmark.measure(network, percent));
        }
      }
    } finally {
      FileUtils.deleteDirectory(artifacts.toFile());
    }
    return new BenchmarkReport(measures);
  }

  private List<Measure> measure(Case network, int percent) throws InterruptedException {
    TrainingSpec training = SpecJson.readTraining(TRAINING.formatted(network.model));
    int samples = network.factor * options.samples();
    SampleSet set = log.select(samples, span(samples, percent));
    TrainingRequest request = request(training, set);
    List<Double> reading = new ArrayList<>();
    InterleavedRuns runs =
        InterleavedRuns.<InterruptedException>measure(
            options.warmUps(),
            options.rounds(),
            () -> baseline(training).run((int) set.size(), EPOCHS, LEARNING_RATE),
            () -> train(request, set.size(), reading));
    String name = network + " " + percent + " % selected";
    return List.of(
        Measure.of(name + ", of memory", "ratio", Goal.atLeast(network.goal), runs.ratios()),
        Measure.informative(name + ", worker", "samples/s", runs.candidate()),
        Measure.informative(name + ", memory", "samples/s", runs.baseline()),
        Measure.informative(
            name + ", reading", "s", reading.subList(options.warmUps(), reading.size())));
  }

  /** A new one each time: a network's weights go with the model that holds them. */
  private PlainLoop baseline(TrainingSpec training) {
    return new PlainLoop(Network.of(training.model(), dataset.payload(), dataset.label()), BATCH);
  }

  private static double train(TrainingRequest request, long samples, List<Double> reading)
      throws InterruptedException {
    long start = System.nanoTime();
    ModelVersion version = new Training(request).train();
    double seconds = (System.nanoTime() - start) / 1e9;
    reading.add(version.getMetrics().getOrDefault("readSeconds", Double.NaN));
    return samples * EPOCHS / seconds;
  }

  private TrainingRequest request(TrainingSpec training, SampleSet set) {
    TrainingTask task =
        TrainingTask.newBuilder()
            .setId("benchmark-1")
            .setPipeline("benchmark")
            .setDecisionNumber(1)
            .setTriggerNumber(1)
            .setDataset(SpecJson.write(dataset))
            .setTraining(SpecJson.write(training))
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
        new TrainingSettings("benchmark", "cpu", options.threads(), options.fetchers()));
  }

  private static int span(int samples, int percent) {
    return Math.multiplyExact(samples, 100 / percent);
  }
}
