package dev.penstock.cli.replay.recording;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Where recorded samples are.
 *
 * @param directory that the dataset's files are relative to; empty: they are in a topic
 * @param topic that holds them; empty: they are in files
 * @param ends exclusive end offset by partition of the topic, so that what is written to it later
 *     is not replayed
 */
public record Recording(String directory, String topic, SortedMap<Integer, Long> ends) {

  /** The dataset's files. */
  public static Recording files(Path directory) {
    return new Recording(directory.toAbsolutePath().normalize().toString(), "", new TreeMap<>());
  }

  /** A topic up to its present end. */
  public static Recording topic(KafkaSettings kafka, String topic) throws InterruptedException {
    SortedMap<Integer, Long> ends = new TreeMap<>();
    try (TopicAdmin admin = new TopicAdmin(kafka)) {
      if (admin.partitions(topic).isEmpty()) {
        throw new DataException("from-topic must exist, got " + topic);
      }
      for (Map.Entry<TopicPartition, Long> end : admin.ends(topic).entrySet()) {
        ends.put(end.getKey().partition(), end.getValue());
      }
    }
    return new Recording("", topic, ends);
  }

  /** Whether they are in a topic. Not a getter by its name, which would be written to run.json. */
  public boolean inTopic() {
    return !topic.isEmpty();
  }

  /**
   * Opens the samples.
   *
   * @param kafka where the topic is
   */
  public SampleReader open(DatasetSpec dataset, Optional<KafkaSettings> kafka) throws IOException {
    if (!inTopic()) {
      return Recordings.open(dataset, Path.of(directory));
    }
    KafkaSettings settings =
        kafka.orElseThrow(
            () -> new IllegalArgumentException("bootstrap-servers must be given for a topic"));
    return new RecordedTopic(settings, topic, ends, dataset);
  }
}
