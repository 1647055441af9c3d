package dev.penstock.cli.lineage;

import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.yaml.NearestWord;
import dev.penstock.schemas.topic.KafkaOptions;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;

/** Finds model versions and their tasks by their id, which is the same. */
record Versions(KafkaOptions kafka) {

  /**
   * The version.
   *
   * @throws IllegalArgumentException if there is none
   */
  ModelVersion version(String id) {
    return find(kafka.topics().modelVersions(), ModelVersion.class, ModelVersion::getId, id);
  }

  /**
   * The task of a version.
   *
   * @throws IllegalArgumentException if there is none
   */
  TrainingTask task(String id) {
    return find(kafka.topics().trainingTasks(), TrainingTask.class, TrainingTask::getId, id);
  }

  /**
   * What a version was trained on; of one that was published before versions said so, its task's
   * set.
   *
   * @throws IllegalArgumentException if it was not trained
   */
  SampleSet used(ModelVersion version, ArtifactStore artifacts) {
    if (version.getStatus() != ModelStatus.TRAINED) {
      throw new IllegalArgumentException(
          "model must be trained, got " + version.getId() + ", which failed");
    }
    Object set = version.getTrainingSet();
    return TrainingSets.unpack(
        set == null ? task(version.getId()).getTrainingSet() : set, artifacts);
  }

  private <T extends SpecificRecordBase> T find(
      String topic, Class<T> type, Function<T, String> ids, String id) {
    AvroCodec<T> codec = AvroCodec.of(type);
    List<T> found = new ArrayList<>();
    SortedSet<String> others = new TreeSet<>();
    Predicate<T> isOther =
        message -> {
          if (ids.apply(message).equals(id)) {
            found.add(message);
            return false;
          }
          others.add(ids.apply(message));
          return true;
        };
    try (TopicReader reader = new TopicReader(kafka.settings(), topic)) {
      reader.readBackwards(message -> isOther.test(codec.decode(message.value())));
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "model must be one of topic "
              + topic
              + ", got "
              + id
              + NearestWord.of(id, others)
                  .map(nearest -> "; did you mean " + nearest + "?")
                  .orElse(others.isEmpty() ? ", and the topic is empty" : ""));
    }
    return found.get(0);
  }
}
