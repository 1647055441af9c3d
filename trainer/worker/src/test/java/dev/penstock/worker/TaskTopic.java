package dev.penstock.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.kafka.TopicReader;
import dev.penstock.models.ScoringModel;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.trainingset.SampleSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes samples and tasks, reads model versions: what stands around a worker. */
public final class TaskTopic implements AutoCloseable {

  public static final int SAMPLES = 4_000;

  /** With so many features a training may begin while its samples are being read. */
  static final int MANY_FEATURES = 4_200;

  private static final int PARTITIONS = 2;
  private static final String DATASET =
      """
      kind: dataset
      name: test
      topic: %s
      payload: {type: tensor, dtype: float32, shape: [%d]}
      label: {type: classes, names: [below, above]}
      """;

  private final EmbeddedBroker broker;
  private final String prefix;
  private final int features;
  private final KafkaProducer<byte[], byte[]> producer;

  /** With two partitions of tasks. */
  public TaskTopic(EmbeddedBroker broker, String prefix) {
    this(broker, prefix, 2, 2);
  }

  /**
   * Topics.
   *
   * @param features of a sample, at least 2
   */
  TaskTopic(EmbeddedBroker broker, String prefix, int taskPartitions, int features) {
    this.broker = broker;
    this.prefix = prefix;
    this.features = features;
    broker.createTopic(prefix + "samples", PARTITIONS);
    broker.createTopic(prefix + "training-tasks", taskPartitions);
    broker.createTopic(prefix + "model-versions", 1);
    this.producer =
        new KafkaProducer<>(
            Map.copyOf(broker.clientProperties()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Two features in [0, 1), the others 0; the label says whether their sum is above 1. */
  public void writeSamples() throws ExecutionException, InterruptedException {
    SplittableRandom random = new SplittableRandom(11);
    SampleEncoder encoder = new SampleEncoder();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      float x = (float) random.nextDouble();
      float y = (float) random.nextDouble();
      byte[] payload =
          ByteBuffer.allocate(features * Float.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putFloat(x)
              .putFloat(y)
              .array();
      byte[] value = encoder.classified(i, x + y > 1 ? 1 : 0, "k" + i, payload);
      sent.add(
          producer.send(new ProducerRecord<>(prefix + "samples", i % PARTITIONS, null, value)));
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  /** A task that trains on every second sample. */
  public TrainingTask task(int number, String training) {
    return task("p", number, training);
  }

  /** A task of a pipeline that trains on every second sample. */
  TrainingTask task(String pipeline, int number, String training) {
    SampleSet.Builder set = SampleSet.builder();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      for (int offset = 0; offset < SAMPLES / PARTITIONS; offset += 2) {
        set.add(partition, offset);
      }
    }
    String dataset = DATASET.formatted(prefix + "samples", features);
    return TrainingTask.newBuilder()
        .setId(pipeline + "-" + number)
        .setPipeline(pipeline)
        .setDecisionNumber(number)
        .setTriggerNumber(number)
        .setDataset(SpecJson.write(SpecReader.parseDataset("test", dataset).complete()))
        .setTraining(SpecJson.write(SpecJson.readTraining(training)))
        .setTrainingSet(set.build().toRecord())
        .setSliceTime(SAMPLES)
        .setBoundary(List.of(new PartitionOffset(0, 2000L), new PartitionOffset(1, 2000L)))
        .setParent(number == 1 ? null : pipeline + "-" + (number - 1))
        .setSeed(5)
        .build();
  }

  void send(TrainingTask task) throws ExecutionException, InterruptedException {
    byte[] value = AvroCodec.of(TrainingTask.class).encode(task);
    byte[] key = task.getPipeline().getBytes(UTF_8);
    producer.send(new ProducerRecord<>(prefix + "training-tasks", key, value)).get();
  }

  /** All model versions that are committed now. */
  List<ModelVersion> versions() {
    AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
    List<ModelVersion> versions = new ArrayList<>();
    try (TopicReader reader = new TopicReader(broker.settings(), prefix + "model-versions")) {
      reader.readToEnd(message -> versions.add(codec.decode(message.value())));
    }
    return versions;
  }

  /** Share of points of a grid that the model knows. */
  public static double accuracy(ScoringModel model) {
    int right = 0;
    for (int i = 0; i < 400; i++) {
      float x = i % 20 / 20f;
      int row = i / 20;
      float y = row / 20f;
      ByteBuffer payload =
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(x).putFloat(y).flip();
      float[] scores = model.score(List.of(payload))[0];
      right += (scores[1] > scores[0]) == (x + y > 1) ? 1 : 0;
    }
    return right / 400.0;
  }

  @Override
  public void close() {
    producer.close();
  }
}
