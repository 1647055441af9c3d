package dev.penstock.datagen.produce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.datagen.produce.SampleProducer.PartitionBy;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.Sea;
import dev.penstock.datagen.stream.StreamFiles;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleProducerITCase {

  private static final int SAMPLES = 5_000;
  private static final int PARTITIONS = 4;

  @TempDir Path directory;

  @Test
  void writesEverySampleOnceAndToTheSamePlaceAgain() throws IOException, InterruptedException {
    DriftSchedule none = new DriftSchedule(DriftSchedule.Kind.NONE, List.of(), 1);
    new StreamFiles(new Sea(0), none, SAMPLES, 1).write("sea", directory, written -> {});
    DatasetSpec dataset = SpecReader.readDataset(directory.resolve("dataset.yaml")).complete();
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      KafkaSettings kafka = broker.settings();
      produce(kafka, dataset, "first");
      produce(kafka, dataset, "second");

      List<String> first = records(kafka, "first");

      assertThat(first).hasSize(SAMPLES + PARTITIONS).doesNotHaveDuplicates();
      assertThat(records(kafka, "second")).isEqualTo(first);
      assertThat(first.stream().filter(record -> record.endsWith("PROGRESS"))).hasSize(PARTITIONS);
    }
  }

  private void produce(KafkaSettings kafka, DatasetSpec dataset, String topic)
      throws IOException, InterruptedException {
    try (SampleReader samples = Recordings.open(dataset, directory);
        SampleProducer producer = SampleProducer.open(kafka, topic, PARTITIONS, PartitionBy.KEY)) {
      while (samples.next()) {
        producer.send(samples);
      }
      producer.progress(producer.newest() + 1);
      producer.flush();
      assertThat(producer.sent()).isEqualTo(SAMPLES);
    }
  }

  private static List<String> records(KafkaSettings kafka, String topic) {
    List<String> records = new ArrayList<>();
    SampleHeaderReader header = new SampleHeaderReader();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        TopicPartition assigned = new TopicPartition(topic, partition);
        consumer.assign(List.of(assigned));
        consumer.seekToBeginning(List.of(assigned));
        long end = consumer.endOffsets(List.of(assigned)).getOrDefault(assigned, 0L);
        while (consumer.position(assigned) < end) {
          for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
            records.add(
                partition
                    + "/"
                    + message.offset()
                    + " "
                    + HexFormat.of().formatHex(message.value())
                    + " "
                    + header.read(message.value()));
          }
        }
      }
    }
    return records;
  }
}
