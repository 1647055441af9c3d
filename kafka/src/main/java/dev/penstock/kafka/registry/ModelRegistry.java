package dev.penstock.kafka.registry;

import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Finds model versions, and the tasks that they came of. Topics are read from their end, and only
 * as far as need be.
 */
public record ModelRegistry(KafkaOptions kafka) {

  /** What a model is called on a command line. */
  public static final String REFERENCE = "an id such as sea-12, or sea@champion, or sea@previous";

  /**
   * The version that is meant, which may have failed, or be a rollback.
   *
   * @throws IllegalArgumentException if there is none: it says what is wrong
   */
  public ModelVersion version(String reference) {
    FindModel search = new FindModel(reference);
    String topic = kafka.topics().modelVersions();
    readBackwards(topic, ModelVersion.class, search);
    return search.found(topic);
  }

  /**
   * The version that was trained to the weights of the one that is meant.
   *
   * @throws IllegalArgumentException if there is none, or its training failed
   */
  public ModelVersion trained(String reference) {
    ModelVersion version = version(reference);
    if (version.getRestores() != null) {
      return version(version.getRestores());
    }
    if (version.getStatus() != ModelStatus.TRAINED) {
      throw new IllegalArgumentException(
          "model must be trained, got "
              + version.getId()
              + ", which failed: "
              + version.getReason());
    }
    return version;
  }

  /**
   * The task of a training's version.
   *
   * @throws IllegalArgumentException if it is not in the log
   */
  public TrainingTask task(ModelVersion version) {
    String topic = kafka.topics().trainingTasks();
    List<TrainingTask> found = new ArrayList<>();
    readBackwards(
        topic,
        TrainingTask.class,
        task -> {
          if (task.getId().equals(version.getId())) {
            found.add(task);
          }
          return found.isEmpty();
        });
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "training task of " + version.getId() + " must be in topic " + topic + ", got none");
    }
    return found.get(0);
  }

  /** An error that says which pipelines there are. */
  public static IllegalArgumentException unknownPipeline(String pipeline, Set<String> known) {
    return new IllegalArgumentException(
        "pipeline must have model versions, got none of "
            + pipeline
            + (known.isEmpty() ? ", and there are none yet" : "; there are those of " + known));
  }

  private <T extends SpecificRecordBase> void readBackwards(
      String topic, Class<T> type, Predicate<T> more) {
    AvroCodec<T> codec = AvroCodec.of(type);
    try (TopicReader reader = new TopicReader(kafka.settings(), topic)) {
      reader.readBackwards(message -> more.test(codec.decode(message.value())));
    }
  }
}
