package dev.penstock.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.cli.cluster.JobSubmission.Job;
import dev.penstock.cli.process.Distribution;
import dev.penstock.datagen.produce.SampleProducer;
import dev.penstock.datagen.produce.SampleProducer.PartitionBy;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.Sea;
import dev.penstock.datagen.stream.StreamFiles;
import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.SpecYaml;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A stream of samples that is produced, over 8 partitions, while jobs read it.
 *
 * @param kafka where it is produced to
 * @param dataset what it is
 * @param directory with its recorded samples
 */
record LiveStream(KafkaSettings kafka, DatasetSpec dataset, Path directory) {

  static final int PARTITIONS = 8;
  private static final int SAMPLES_PER_SECOND = 1_000;

  /** What happens while the stream is produced. */
  @FunctionalInterface
  interface Disturbance {
    void after(long samples) throws IOException, InterruptedException;
  }

  /** A stream of so many samples with the name {@code sea}. */
  static LiveStream record(KafkaSettings kafka, int samples, Path directory) throws IOException {
    return record(kafka, samples, List.of(), directory);
  }

  /** The same, whose concept is another from each of these samples on. */
  static LiveStream record(KafkaSettings kafka, int samples, List<Long> drifts, Path directory)
      throws IOException {
    DriftSchedule drift = new DriftSchedule(DriftSchedule.Kind.ABRUPT, drifts, 1);
    new StreamFiles(new Sea(0), drift, samples, 1).write("sea", directory, written -> {});
    DatasetSpec dataset = SpecReader.readDataset(directory.resolve("dataset.yaml")).complete();
    return new LiveStream(kafka, dataset, directory);
  }

  /** Produces all samples, with a disturbance asked for after each. */
  void produce(Disturbance disturbance) throws IOException, InterruptedException {
    try (SampleReader samples = Recordings.open(dataset, directory);
        SampleProducer producer = open()) {
      long start = System.nanoTime();
      while (samples.next()) {
        producer.send(samples);
        SampleProducer.pace(producer.sent(), SAMPLES_PER_SECOND, start);
        disturbance.after(producer.sent());
      }
      producer.progress(producer.newest() + 1);
      producer.flush();
    }
  }

  private SampleProducer open() throws InterruptedException {
    return SampleProducer.open(kafka, dataset.topic(), PARTITIONS, PartitionBy.ROW);
  }

  /** Creates the stream's topic. */
  void createTopic() throws InterruptedException {
    open().close();
  }

  /** Submits the training job, waits until it runs and returns its id. */
  String submit(
      LocalStack stack, Topics topics, List<String> pipelines, int parallelism, String interval)
      throws IOException, InterruptedException {
    List<String> extra =
        List.of("--checkpoint-interval", interval, "--parallelism", String.valueOf(parallelism));
    return submit(stack, topics, pipelines, extra, Optional.empty());
  }

  /** The same with further arguments, from a checkpoint if there is one. */
  String submit(
      LocalStack stack,
      Topics topics,
      List<String> pipelines,
      List<String> extra,
      Optional<URI> checkpoint)
      throws IOException, InterruptedException {
    JobSubmission jobs =
        new JobSubmission(
            kafka, topics, stack.artifacts(), SpecYaml.write(dataset), pipelines, extra);
    String jar = JobSubmission.upload(stack.flink(), Distribution.current());
    String job = jobs.submit(stack.flink(), jar, Job.TRAINING, checkpoint);
    stack.awaitRunning(job);
    return job;
  }

  /** Committed records of a topic. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka, topic)) {
      reader.readToEnd(records::add);
    }
    return records;
  }

  /** Values of a topic's committed records in hex, in order, by key. */
  Map<String, List<String>> valuesByKey(String topic) {
    Map<String, List<String>> values = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
      values
          .computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
          .add(HexFormat.of().formatHex(record.value()));
    }
    return values;
  }
}
