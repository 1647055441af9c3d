package dev.penstock.worker.benchmark.downsampling;

import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.kafka.TopicReader;
import dev.penstock.models.ScoringModel;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Sample;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.worker.request.TrainingRequest;
import dev.penstock.worker.request.TrainingSettings;
import dev.penstock.worker.training.Training;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whole trainings with every downsampler, each with several seeds, and how well their models do on
 * test samples.
 */
final class DownsamplingBenchmark {

  private static final int PARTITION = 0;

  private final Settings settings;
  private final Path artifacts;
  private final List<Sample> test;
  private final SampleSet all;

  /**
   * What is compared.
   *
   * @param dataset whose topic has the training samples
   * @param testTopic samples to test on
   * @param training as in a pipeline, without downsampling and the closing brace
   * @param percent of the samples that are kept
   * @param seeds trainings of each contestant
   */
  record Settings(
      KafkaSettings kafka,
      DatasetSpec dataset,
      String testTopic,
      String training,
      int percent,
      int seeds,
      int threads) {}

  DownsamplingBenchmark(Settings settings, Path artifacts) {
    this.settings = settings;
    this.artifacts = artifacts;
    this.test = samples(settings.kafka, settings.testTopic);
    this.all = samplesOf(settings.kafka, settings.dataset.topic());
  }

  /** Trains with every seed. */
  DownsamplingResult measure(DownsamplingContest contest, Consumer<ModelVersion> progress)
      throws InterruptedException {
    List<Double> accuracies = new ArrayList<>();
    List<Double> selections = new ArrayList<>();
    List<Double> trainings = new ArrayList<>();
    long used = 0;
    for (int seed = 1; seed <= settings.seeds; seed++) {
      ModelVersion version = train(contest, seed);
      double count = version.getMetrics().getOrDefault("selections", 0.0);
      if (count > 0) {
        selections.add(version.getMetrics().getOrDefault("selectionSeconds", 0.0) / count);
      }
      trainings.add(version.getMetrics().getOrDefault("trainingSeconds", Double.NaN));
      used += version.getTrainedSamples();
      accuracies.add(accuracy(version));
      progress.accept(version);
    }
    return new DownsamplingResult(
        contest.name(), accuracies, selections, trainings, used / settings.seeds);
  }

  private ModelVersion train(DownsamplingContest contest, int seed) throws InterruptedException {
    String downsampling =
        contest.downsampling().isEmpty()
            ? "null"
            : contest.downsampling().formatted(settings.percent);
    String training = settings.training + ", downsampling: " + downsampling + "}";
    TrainingTask task =
        TrainingTask.newBuilder()
            .setId("bench-" + seed)
            .setPipeline("bench")
            .setDecisionNumber(seed)
            .setTriggerNumber(1)
            .setDataset(SpecJson.write(settings.dataset))
            .setTraining(SpecJson.write(SpecJson.readTraining(training)))
            .setTrainingSet((contest.subset() ? subset(seed) : all).toRecord())
            .setSliceTime(0)
            .setBoundary(List.of())
            .setSeed(SampleHash.derive(seed, 0))
            .build();
    return new Training(
            new TrainingRequest(
                task,
                Optional.empty(),
                settings.kafka,
                artifacts.toUri(),
                new TrainingSettings("bench", "cpu", settings.threads, 1)))
        .train();
  }

  private SampleSet subset(int seed) {
    long stream = SampleHash.stream(seed, PARTITION);
    int size = (int) all.size();
    LowestKeys lowest = new LowestKeys(Ratio.percent(settings.percent).kept(size));
    all.offsets(PARTITION)
        .forEachRemaining(
            (long offset) -> lowest.add(LowestKeys.key(SampleHash.of(stream, offset)), offset));
    SampleSet.Builder subset = SampleSet.builder();
    for (long offset : lowest.ids()) {
      subset.add(PARTITION, offset);
    }
    return subset.build();
  }

  private double accuracy(ModelVersion version) {
    try (ScoringModel model =
        ScoringModel.load(new ModelStore(ArtifactStore.open(artifacts.toUri())), version)) {
      List<ByteBuffer> payloads = test.stream().map(Sample::getPayload).toList();
      float[][] scores = model.score(payloads);
      int right = 0;
      for (int i = 0; i < scores.length; i++) {
        right += test.get(i).getLabel().equals((long) largest(scores[i])) ? 1 : 0;
      }
      return (double) right / scores.length;
    }
  }

  private static int largest(float[] scores) {
    int largest = 0;
    for (int i = 1; i < scores.length; i++) {
      largest = scores[i] > scores[largest] ? i : largest;
    }
    return largest;
  }

  private static List<Sample> samples(KafkaSettings kafka, String topic) {
    AvroCodec<Sample> codec = AvroCodec.of(Sample.class);
    SampleHeaderReader header = new SampleHeaderReader();
    List<Sample> samples = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka, topic)) {
      reader.readToEnd(
          record -> {
            if (header.read(record.value()) == SampleHeaderReader.Kind.SAMPLE) {
              samples.add(codec.decode(record.value()));
            }
          });
    }
    return samples;
  }

  private static SampleSet samplesOf(KafkaSettings kafka, String topic) {
    SampleHeaderReader header = new SampleHeaderReader();
    SampleSet.Builder set = SampleSet.builder();
    try (TopicReader reader = new TopicReader(kafka, topic)) {
      reader.readToEnd(
          record -> {
            if (header.read(record.value()) == SampleHeaderReader.Kind.SAMPLE) {
              set.add(record.partition(), record.offset());
            }
          });
    }
    return set.build();
  }
}
