package dev.penstock.flink.observation;

import dev.penstock.core.block.ModelInUse;
import dev.penstock.models.ScoringModel;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.artifact.ArtifactStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which model version is active at a sample, and the loaded models of those in use. */
final class ActiveModels implements AutoCloseable {

  private final Map<String, List<Version>> byPipeline = new HashMap<>();
  private final LoadedModels loaded;

  ActiveModels(ArtifactStore artifacts, int maxLoaded) {
    this.loaded = new LoadedModels(artifacts, maxLoaded);
  }

  /** A version, trained or failed. */
  static final class Version {

    private final ModelVersion message;
    private final ModelInUse inUse;

    private Version(ModelVersion message) {
      this.message = message;
      double seconds = (message.getFinishedAt() - message.getStartedAt()) / 1000.0;
      this.inUse =
          new ModelInUse(
              message.getId(),
              message.getTriggerNumber(),
              message.getTrainedSamples(),
              Math.max(0, seconds));
    }

    /** As it was published. */
    ModelVersion message() {
      return message;
    }

    /** What policies know of it. */
    ModelInUse inUse() {
      return inUse;
    }

    private boolean isTrained() {
      return message.getStatus() == ModelStatus.TRAINED;
    }

    /** Whether it had ended when the record was written, and looked at nothing so new. */
    private boolean isBefore(int partition, long offset, long recordTimestamp) {
      return message.getFinishedAt() <= recordTimestamp && boundary(partition) <= offset;
    }

    private long boundary(int partition) {
      for (PartitionOffset end : message.getBoundary()) {
        if (end.getPartition() == partition) {
          return end.getOffset();
        }
      }
      return 0;
    }
  }

  /**
   * The state of a pipeline's models when a record was written.
   *
   * @param settled number of the last trigger whose training had ended; 0: none
   * @param active the newest trained version; null: none
   */
  record At(long settled, @Nullable Version active) {}

  void add(ModelVersion version) {
    byPipeline
        .computeIfAbsent(version.getPipeline(), pipeline -> new ArrayList<>())
        .add(new Version(version));
  }

  /**
   * The newest version that was finished by the time of the record, and that has not been trained
   * on this sample or one after it.
   */
  At at(String pipeline, int partition, long offset, long recordTimestamp) {
    List<Version> versions = byPipeline.getOrDefault(pipeline, List.of());
    long settled = 0;
    for (int i = versions.size() - 1; i >= 0; i--) {
      Version version = versions.get(i);
      if (version.isBefore(partition, offset, recordTimestamp)) {
        settled = Math.max(settled, version.inUse.triggerNumber());
        if (version.isTrained()) {
          return new At(settled, version);
        }
      }
    }
    return new At(settled, null);
  }

  /**
   * What {@link #at} says, with the version of this id for the active one if it could be that: it
   * is one of the pipeline's, was finished by the time of the record, and has not been trained on
   * this sample or one after it.
   */
  At named(At at, String pipeline, String id, int partition, long offset, long recordTimestamp) {
    for (Version version : byPipeline.getOrDefault(pipeline, List.of())) {
      if (version.message.getId().equals(id)
          && version.isTrained()
          && version.isBefore(partition, offset, recordTimestamp)) {
        return new At(at.settled, version);
      }
    }
    return at;
  }

  ScoringModel load(ModelVersion version) {
    return loaded.get(version);
  }

  @Override
  public void close() {
    loaded.close();
  }
}
