package dev.penstock.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.models.PayloadEncoder;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleLoaderITCase {

  private static final PayloadEncoder EIGHT_BYTES =
      PayloadEncoder.asItIs(new PayloadSpec.Tensor(PayloadSpec.Dtype.UINT8, List.of(8)));

  private static final LabelSpec LABEL = new LabelSpec.Classes(List.of("a", "b"));
  private static final int PARTITIONS = 5;
  private static final int LENGTH = 4_000;

  private static EmbeddedBroker broker;

  @TempDir Path directory;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void readsTheSamplesPartByPartWhateverTheFetchers() throws InterruptedException {
    write("parts");
    SampleSet set = select();
    List<int[]> expected = new ArrayList<>();
    for (int fetchers : new int[] {1, 2, 8}) {
      List<int[]> parts = new ArrayList<>();
      try (SampleBuffer buffer = buffer(set);
          SampleLoading loading = loader("parts", fetchers).start(Parts.drawn(set, 3), buffer)) {
        for (int part = 0; part < loading.parts(); part++) {
          int[] indexes = loading.await(part);
          parts.add(indexes);
          // What it says is there must be there, although the rest is still being read.
          assertThat(contents(buffer, indexes)).isEqualTo(contents(set, indexes));
        }
        int[] all = parts.stream().flatMapToInt(Arrays::stream).sorted().toArray();
        assertThat(all).isEqualTo(buffer.labelled());
        assertThat(all).hasSizeLessThan((int) set.size());
      }
      expected = expected.isEmpty() ? parts : expected;
      assertThat(parts).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  /** Blocks are so long that fetches end within them, and so far apart that they are sought. */
  @Test
  void seeksTheBlocksOfALongLog() throws InterruptedException {
    int payloadBytes = 20_000;
    int length = 3_000;
    broker.createTopic("long", 1);
    SampleEncoder encoder = new SampleEncoder();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int offset = 0; offset < length; offset++) {
        byte[] payload = ByteBuffer.allocate(payloadBytes).putInt(0).putInt(offset).array();
        byte[] value = encoder.classified(offset, 1, "", payload);
        var unused = producer.send(new ProducerRecord<>("long", 0, null, value));
      }
    }
    SampleSet set = SampleSet.builder().addRange(0, 10, length - 10).build();
    PayloadEncoder encoding =
        PayloadEncoder.asItIs(
            new PayloadSpec.Tensor(PayloadSpec.Dtype.UINT8, List.of(payloadBytes)));

    try (SampleBuffer buffer = SampleBuffer.allocate(set.size(), encoding, 1 << 20, directory);
        SampleLoading loading = loader("long", 1).start(Parts.drawn(set, 3), buffer)) {
      for (int part = 0; part < loading.parts(); part++) {
        int[] indexes = loading.await(part);
        assertThat(contents(buffer, indexes)).isEqualTo(contents(set, indexes));
      }
      assertThat(buffer.labelled()).hasSize(length - 20);
    }
  }

  @Test
  void saysWhichSamplesAreGone() throws InterruptedException, ExecutionException {
    write("gone");
    SampleSet set = select();
    TopicPartition partition = new TopicPartition("gone", 3);
    try (Admin admin = Admin.create(Map.copyOf(broker.clientProperties()))) {
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1_000))).all().get();
    }

    for (Parts parts : List.of(Parts.one(set), Parts.drawn(set, 3))) {
      try (SampleBuffer buffer = buffer(set);
          SampleLoading loading = loader("gone", 2).start(parts, buffer)) {
        assertThatThrownBy(loading::awaitAll)
            .isInstanceOf(MissingSamplesException.class)
            .hasMessage(
                "samples from offset "
                    + set.first(3)
                    + " of gone-3 must be in the log, which starts at 1000; keep them longer"
                    + " (retention.ms)");
      }
    }
  }

  /** Every sample tells its place; every tenth has no label. */
  private static void write(String topic) {
    broker.createTopic(topic, PARTITIONS);
    SampleEncoder encoder = new SampleEncoder();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        for (int offset = 0; offset < LENGTH; offset++) {
          byte[] payload = ByteBuffer.allocate(8).putInt(partition).putInt(offset).array();
          byte[] value =
              offset % 10 == 0
                  ? encoder.unlabelled(offset, "", payload)
                  : encoder.classified(offset, 1, "", payload);
          var unused = producer.send(new ProducerRecord<>(topic, partition, null, value));
        }
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.copyOf(broker.clientProperties()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** A third of the samples of four partitions, of which each has more than the one before. */
  private static SampleSet select() {
    SplittableRandom random = new SplittableRandom(1);
    SampleSet.Builder set = SampleSet.builder();
    for (int partition = 1; partition < PARTITIONS; partition++) {
      for (int offset = 100; offset < partition * LENGTH / PARTITIONS; offset++) {
        if (random.nextInt(3) == 0) {
          set.add(partition, offset);
        }
      }
    }
    return set.build();
  }

  private SampleBuffer buffer(SampleSet set) {
    return SampleBuffer.allocate(set.size(), EIGHT_BYTES, 1 << 20, directory);
  }

  private static SampleLoader loader(String topic, int fetchers) {
    return new SampleLoader(broker.settings(), topic, LABEL, fetchers);
  }

  private static List<Long> contents(SampleBuffer buffer, int[] indexes) {
    return IntStream.of(indexes)
        .mapToObj(index -> buffer.chunk(index).getLong(buffer.position(index)))
        .toList();
  }

  private static List<Long> contents(SampleSet set, int[] indexes) {
    List<Long> all = new ArrayList<>();
    for (int partition : set.partitions()) {
      set.offsets(partition)
          .forEachRemaining((long offset) -> all.add(((long) partition << 32) + offset));
    }
    return IntStream.of(indexes).mapToObj(all::get).toList();
  }
}
