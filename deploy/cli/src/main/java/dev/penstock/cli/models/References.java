package dev.penstock.cli.models;

import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecordBase;

/** Every artifact that a record of the log refers to, in whatever field. */
final class References {

  private References() {}

  /** Digests of all artifacts of tasks and versions. */
  static Set<String> read(KafkaOptions kafka) {
    Set<String> digests = new HashSet<>();
    read(kafka, kafka.topics().trainingTasks(), TrainingTask.class, digests);
    read(kafka, kafka.topics().modelVersions(), ModelVersion.class, digests);
    return digests;
  }

  private static <T extends SpecificRecordBase> void read(
      KafkaOptions kafka, String topic, Class<T> type, Set<String> digests) {
    AvroCodec<T> codec = AvroCodec.of(type);
    try (TopicReader reader = new TopicReader(kafka.settings(), topic)) {
      reader.readToEnd(message -> collect(codec.decode(message.value()), digests));
    }
  }

  private static void collect(Object value, Set<String> digests) {
    if (value instanceof ArtifactRef ref) {
      digests.add(ref.getSha256());
    } else if (value instanceof IndexedRecord record) {
      for (int field = 0; field < record.getSchema().getFields().size(); field++) {
        Object child = record.get(field);
        if (child != null) {
          collect(child, digests);
        }
      }
    } else if (value instanceof Collection<?> values) {
      values.forEach(child -> collect(child, digests));
    } else if (value instanceof Map<?, ?> values) {
      values.values().forEach(child -> collect(child, digests));
    }
  }
}
