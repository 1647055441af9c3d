package dev.penstock.worker;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.models.Safetensors;
import dev.penstock.models.ScoringModel;
import dev.penstock.models.Tensor;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.worker.request.TrainingRequest;
import dev.penstock.worker.request.TrainingSettings;
import dev.penstock.worker.training.Training;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Samples in a topic of their own, on which trainings run in this process. */
public final class LocalTraining {

  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final EmbeddedBroker broker;
  private final Path artifacts;
  private final DatasetSpec dataset;
  private final List<Sample> samples;

  /** A sample as it is written. */
  public record Sample(double label, byte[] payload) {}

  /**
   * Writes samples.
   *
   * @param payload and {@code label}: what the dataset declares, YAML
   */
  public LocalTraining(
      EmbeddedBroker broker, Path artifacts, String payload, String label, List<Sample> samples) {
    this.broker = broker;
    this.artifacts = artifacts;
    this.samples = List.copyOf(samples);
    String topic = "samples-" + TOPICS.incrementAndGet();
    String text =
        "{kind: dataset, name: d, topic: %s, payload: %s, label: %s}"
            .formatted(topic, payload, label);
    this.dataset = SpecReader.parseDataset("test", text).complete();
    broker.createTopic(topic, 1);
    SampleEncoder encoder = new SampleEncoder();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.copyOf(broker.clientProperties()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < samples.size(); i++) {
        Sample sample = samples.get(i);
        byte[] value =
            dataset.label() instanceof LabelSpec.Classes
                ? encoder.classified(i, (int) sample.label, "", sample.payload)
                : encoder.regression(i, sample.label, "", sample.payload);
        var unused = producer.send(new ProducerRecord<>(topic, 0, null, value));
      }
    }
  }

  /** Trains on the first samples. */
  public ModelVersion train(String training, int count) throws InterruptedException {
    return train(training, count, Optional.empty());
  }

  /** Trains on the first samples, from a parent if there is one. */
  public ModelVersion train(String training, int count, Optional<ModelVersion> parent)
      throws InterruptedException {
    SampleSet.Builder set = SampleSet.builder();
    for (int offset = 0; offset < count; offset++) {
      set.add(0, offset);
    }
    return new Training(request(task(training, set.build()), parent)).train();
  }

  /** A task. */
  public TrainingTask task(String training, SampleSet set) {
    return TrainingTask.newBuilder()
        .setId("p-1")
        .setPipeline("p")
        .setDecisionNumber(1)
        .setTriggerNumber(1)
        .setDataset(SpecJson.write(dataset))
        .setTraining(SpecJson.write(SpecJson.readTraining(training)))
        .setTrainingSet(set.toRecord())
        .setSliceTime(0)
        .setBoundary(List.of())
        .setSeed(3)
        .build();
  }

  private TrainingRequest request(TrainingTask task, Optional<ModelVersion> parent) {
    return new TrainingRequest(
        task,
        parent,
        broker.settings(),
        artifacts.toUri(),
        new TrainingSettings("test", "cpu", 1, 2));
  }

  /** Scores of the samples from there on, as the jobs ask for them. */
  public float[][] scores(ModelVersion version, int from) {
    List<ByteBuffer> payloads = new ArrayList<>();
    for (Sample sample : samples.subList(from, samples.size())) {
      payloads.add(ByteBuffer.wrap(sample.payload));
    }
    ModelStore models = new ModelStore(ArtifactStore.open(artifacts.toUri()));
    try (ScoringModel model = ScoringModel.load(models, version)) {
      return model.score(payloads);
    }
  }

  /** Weights of a version, and the scale of its features. */
  public SortedMap<String, Tensor> weights(ModelVersion version) {
    ModelStore models = new ModelStore(ArtifactStore.open(artifacts.toUri()));
    return Safetensors.read(models.safetensors(version));
  }

  /** Share of the samples from there on that the model gets right. */
  public double accuracy(ModelVersion version, int from) {
    float[][] scores = scores(version, from);
    int right = 0;
    for (int i = 0; i < scores.length; i++) {
      int best = 0;
      for (int c = 1; c < scores[i].length; c++) {
        best = scores[i][c] > scores[i][best] ? c : best;
      }
      right += best == (int) samples.get(from + i).label ? 1 : 0;
    }
    return right / (double) scores.length;
  }
}
