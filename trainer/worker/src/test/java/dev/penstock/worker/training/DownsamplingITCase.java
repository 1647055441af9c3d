package dev.penstock.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.models.ScoringModel;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;
import dev.penstock.worker.TaskTopic;
import dev.penstock.worker.request.TrainingRequest;
import dev.penstock.worker.request.TrainingSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every downsampler in real trainings. */
final class DownsamplingITCase {

  /** Samples of a task's training set. */
  private static final int SET = TaskTopic.SAMPLES / 2;

  private static final String TRAINING =
      "{model: {type: mlp, hidden: [8]}, epochs-per-trigger: %d, batch-size: 40,"
          + " optimizer: {type: adam, learning-rate: 0.02}, scaling: %s, downsampling: %s}";

  private static EmbeddedBroker broker;
  private static TaskTopic topic;

  @TempDir Path artifacts;

  @BeforeAll
  static void writeSamples() throws ExecutionException, InterruptedException {
    broker = EmbeddedBroker.start();
    topic = new TaskTopic(broker, "down-");
    topic.writeSamples();
  }

  @AfterAll
  static void stop() {
    topic.close();
    broker.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: loss, ratio: 25, period: 0} | 500",
        "{type: loss, ratio: 25, mode: batch-then-sample} | 0",
        "{type: gradient-norm, samples: 300, period: 0} | 300",
        "{type: gradient-norm, ratio: 50, gradients: logits, mode: batch-then-sample} | 0",
        "{type: uncertainty, ratio: 50, period: 2, per-class: true} | 0",
        "{type: uncertainty, ratio: 50, score-metric: entropy, mode: batch-then-sample} | 0",
        "{type: uncertainty, ratio: 50, score-metric: least-confidence, period: 0} | 1000",
        "{type: k-center, ratio: 10, part-size: 500, period: 0} | 200",
        "{type: k-center, ratio: 25, mode: batch-then-sample} | 0",
        "{type: submodular, ratio: 10, part-size: 500} | 0",
        "{type: submodular, function: graph-cut, ratio: 10, greedy: naive, part-size: 250} | 0",
        "{type: submodular, function: log-determinant, ratio: 50, mode: batch-then-sample} | 0",
        "{type: craig, ratio: 10, period: 0, greedy: stochastic, part-size: 800} | 200",
        "{type: craig, ratio: 25, per-class: true, mode: sample-then-batch, part-size: 500} | 0",
        "{type: craig, ratio: 25, mode: batch-then-sample} | 0",
        "{type: grad-match, ratio: 10, gradients: last-layer, part-size: 500} | 0",
        "{type: grad-match, ratio: 50, mode: batch-then-sample, gradients: last-layer} | 0",
        "{type: rho-loss, ratio: 25, period: 0, holdout-ratio: 20} | 400",
        "{type: rho-loss, ratio: 25, holdout: twin, irreducible-epochs: 2} | 0",
        "{type: rho-loss, ratio: 50, mode: batch-then-sample} | 0",
        "{type: rs2, ratio: 10} | 2000",
        "{type: rs2, ratio: 25, with-replacement: true, per-class: true} | 0"
      })
  void trainsTheSameTwiceAndLearns(String downsampling, int samples) throws InterruptedException {
    String training = TRAINING.formatted(20, "standard", downsampling);

    ModelVersion first = train(topic.task(1, training));
    ModelVersion second = train(topic.task(1, training));

    assertThat(second.getWeights().getSha256()).isEqualTo(first.getWeights().getSha256());
    assertThat(second.getTrainingSetDigest()).isEqualTo(first.getTrainingSetDigest());
    SampleSet used = used(first);
    assertThat(used.digest()).isEqualTo(first.getTrainingSetDigest());
    assertThat(used.size()).isEqualTo(first.getTrainedSamples()).isBetween(1L, (long) SET);
    if (samples > 0) {
      assertThat(used.size()).isEqualTo(samples);
    }
    used.offsets(0).forEachRemaining((long offset) -> assertThat(offset % 2).isZero());
    assertThat(first.getMetrics()).containsKeys("selectionSeconds", "selections");
    assertThat(accuracy(first)).as("of %s", downsampling).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: loss, ratio: 25}",
        "{type: craig, ratio: 10, part-size: 500}",
        "{type: grad-match, ratio: 10, gradients: last-layer, part-size: 500}",
        "{type: k-center, ratio: 10}",
        "{type: rs2, ratio: 10}"
      })
  void theVersionsSetIsExactlyWhatWasTrainedOn(String downsampling) throws InterruptedException {
    TrainingTask task = topic.task(1, TRAINING.formatted(1, "none", downsampling));
    ModelVersion version = train(task);

    String plain = TRAINING.formatted(1, "none", "null");
    TrainingTask onThatSet =
        TrainingTask.newBuilder(topic.task(1, plain))
            .setTrainingSet(used(version).toRecord())
            .build();
    ModelVersion again = train(onThatSet);

    assertThat(again.getTrainingSetDigest()).isEqualTo(version.getTrainingSetDigest());
    assertThat(again.getWeights().getSha256()).isEqualTo(version.getWeights().getSha256());
  }

  @Test
  void warmUpTriggersTrainOnAll() throws InterruptedException {
    String training = TRAINING.formatted(1, "none", "{type: rs2, ratio: 10, warmup-triggers: 1}");

    assertThat(train(topic.task(1, training)).getTrainedSamples()).isEqualTo(SET);
    assertThat(train(topic.task(2, training)).getTrainedSamples()).isEqualTo(SET / 10);
  }

  @Test
  void refusesAHoldoutOfNothing() {
    String training = TRAINING.formatted(1, "none", "{type: rho-loss, ratio: 50}");
    TrainingTask task =
        TrainingTask.newBuilder(topic.task(1, training))
            .setTrainingSet(SampleSet.builder().add(0, 3).build().toRecord())
            .build();

    assertThatThrownBy(() -> train(task))
        .hasMessage("training set must have 2 labelled samples for rho-loss, got 1");
  }

  private ModelVersion train(TrainingTask task) throws InterruptedException {
    return new Training(
            new TrainingRequest(
                task,
                Optional.empty(),
                broker.settings(),
                artifacts.toUri(),
                new TrainingSettings("test", "cpu", 1, 1)))
        .train();
  }

  private SampleSet used(ModelVersion version) {
    return TrainingSets.unpack(version.getTrainingSet(), ArtifactStore.open(artifacts.toUri()));
  }

  private double accuracy(ModelVersion version) {
    try (ScoringModel model =
        ScoringModel.load(new ModelStore(ArtifactStore.open(artifacts.toUri())), version)) {
      return TaskTopic.accuracy(model);
    }
  }
}
