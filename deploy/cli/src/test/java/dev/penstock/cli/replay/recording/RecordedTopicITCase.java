package dev.penstock.cli.replay.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Samples out of a topic, with a real broker. */
final class RecordedTopicITCase {

  private static final DatasetSpec DATASET =
      SpecReader.parseDataset(
              "dataset",
              """
              kind: dataset
              name: bytes
              payload: {type: tensor, dtype: uint8, shape: [1]}
              label: {type: classes, names: [a, b]}
              """)
          .complete();

  private final SampleEncoder encoder = new SampleEncoder();

  @Test
  void samplesComeInPositionOrderUpToTheEndsAtTheStart() throws IOException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThatThrownBy(() -> Recording.topic(broker.settings(), "log"))
          .isInstanceOf(DataException.class)
          .hasMessage("from-topic must exist, got log");
      broker.createTopic("log", 2);
      Recording recording;
      try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
        send(producer, 0, sample("late", 30));
        send(producer, 0, sample("steps back", 10));
        send(producer, 0, encoder.progress(50));
        send(producer, 0, sample("after the marker", 20));
        send(producer, 1, sample("first", 30 - 1));
        send(producer, 1, sample("tied", 30));
        send(producer, 1, "no sample".getBytes(UTF_8));
        send(producer, 1, encoder.classified(40, 7, "no such class", new byte[1]));
        send(producer, 1, sample("last", 60));
        producer.flush();
        recording = Recording.topic(broker.settings(), "log");
        send(producer, 0, sample("too late", 31));
        producer.flush();
      }

      assertThat(keys(recording, broker))
          .containsExactly(
              "first 29", "late 30", "steps back 30", "tied 30", "after the marker 50", "last 60");
      assertThat(keys(recording, broker)).hasSize(6);
    }
  }

  @Test
  void labelsStayAsTheyWereRecorded() throws IOException, InterruptedException {
    DatasetSpec measured =
        SpecReader.parseDataset(
                "dataset",
                """
                kind: dataset
                name: bytes
                payload: {type: tensor, dtype: uint8, shape: [1]}
                label: {type: classes, names: [a, b], from: {type: real, thresholds: [30]}}
                """)
            .complete();
    List<Double> labels = new ArrayList<>();
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("log", 1);
      try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
        for (double label : new double[] {29.5, Double.NaN, 31}) {
          send(producer, 0, encoder.regression(1, label, "k", new byte[1]));
        }
        producer.flush();
      }
      Recording recording = Recording.topic(broker.settings(), "log");
      try (SampleReader reader = recording.open(measured, Optional.of(broker.settings()))) {
        while (reader.next()) {
          assertThat(reader.labelKind()).isEqualTo(LabelKind.REAL);
          labels.add(reader.labelReal());
        }
      }
    }
    assertThat(labels).containsExactly(29.5, 31.0);
  }

  private static List<String> keys(Recording recording, EmbeddedBroker broker) throws IOException {
    List<String> keys = new ArrayList<>();
    try (SampleReader reader = recording.open(DATASET, Optional.of(broker.settings()))) {
      while (reader.next()) {
        assertThat(reader.labelKind()).isEqualTo(LabelKind.CLASS);
        assertThat(reader.labelClass()).isEqualTo(1);
        assertThat(reader.payload()).containsExactly(5);
        keys.add(reader.key() + " " + reader.sliceTime());
      }
    }
    return keys;
  }

  private byte[] sample(String key, long timestamp) {
    return encoder.classified(timestamp, 1, key, new byte[] {5});
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    Map<String, Object> properties = new HashMap<>(broker.clientProperties());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, int partition, byte[] value) {
    var unused = producer.send(new ProducerRecord<>("log", partition, null, value));
  }
}
