package dev.penstock.jobs.io;

import dev.penstock.flink.observation.ModelVersionFeed;
import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the topic of model versions from its beginning to its present end at every call. There are
 * few of them, and each subtask needs them all, so that they are no state.
 */
public final class KafkaModelVersionFeed implements ModelVersionFeed {

  private final TopicReader reader;
  private final AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);

  private KafkaModelVersionFeed(KafkaSettings kafka, String topic) {
    reader = new TopicReader(kafka, topic);
  }

  /** Opens feeds of {@code topic}. */
  public static ModelVersionFeed.Factory of(KafkaSettings kafka, String topic) {
    return new Factory(kafka, topic);
  }

  private record Factory(KafkaSettings kafka, String topic) implements ModelVersionFeed.Factory {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public ModelVersionFeed open() {
      return new KafkaModelVersionFeed(kafka, topic);
    }
  }

  @Override
  public List<ModelVersion> poll() {
    List<ModelVersion> versions = new ArrayList<>();
    reader.readToEnd(message -> versions.add(codec.decode(message.value())));
    return versions;
  }

  @Override
  public void close() {
    reader.close();
  }
}
