package dev.penstock.cli.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.datagen.Progress;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.serde.SampleHeaderReader.Kind;
import dev.penstock.schemas.topic.KafkaSettings;
import java.util.Map;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.apache.kafka.common.TopicPartition;

/**
 * A dataset's samples as they lie in Kafka, without their payloads.
 *
 * @param topic of the dataset
 */
record SampleLog(KafkaSettings kafka, String topic) {

  /** A sample. */
  record Entry(int partition, long offset, long timestamp, String key) {}

  /**
   * Reads the log once, up to its present end, with a progress bar on standard error.
   *
   * @throws IllegalStateException if there is no such topic
   */
  void scan(Consumer<Entry> samples) throws InterruptedException {
    SampleHeaderReader header = new SampleHeaderReader();
    try (TopicAdmin admin = new TopicAdmin(kafka);
        TopicReader reader = new TopicReader(kafka, topic)) {
      if (!reader.exists()) {
        throw new IllegalStateException("No topic " + topic);
      }
      Map<TopicPartition, Long> ends = admin.ends(topic);
      long total = ends.values().stream().mapToLong(Long::longValue).sum();
      try (ProgressBar bar = Progress.bar(topic, "records", total)) {
        reader.readTo(
            ends,
            message -> {
              bar.step();
              if (header.read(message.value()) == Kind.SAMPLE) {
                String key =
                    new String(message.value(), header.keyStart(), header.keyLength(), UTF_8);
                samples.accept(
                    new Entry(message.partition(), message.offset(), header.timestamp(), key));
              }
            });
      }
    }
  }
}
