package dev.penstock.flink.observation;

import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.PartitionOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Model versions as workers publish them. */
final class Versions {

  private Versions() {}

  /**
   * A trained version.
   *
   * @param boundary by partition
   */
  static ModelVersion trained(
      String pipeline, long trigger, long finishedAt, Model model, long... boundary) {
    return version(pipeline, trigger, finishedAt, boundary)
        .setStatus(ModelStatus.TRAINED)
        .setWeights(model.weights)
        .setCard(model.card)
        .build();
  }

  /** A version whose training failed. */
  static ModelVersion failed(String pipeline, long trigger, long finishedAt, long... boundary) {
    return version(pipeline, trigger, finishedAt, boundary)
        .setStatus(ModelStatus.FAILED)
        .setReason("loss must be finite, got NaN")
        .build();
  }

  /** The files of a model; null: nobody will load them. */
  record Model(@Nullable ArtifactRef weights, @Nullable ArtifactRef card) {
    static final Model NONE = new Model(null, null);
  }

  private static ModelVersion.Builder version(
      String pipeline, long trigger, long finishedAt, long... boundary) {
    List<PartitionOffset> ends = new ArrayList<>();
    for (int partition = 0; partition < boundary.length; partition++) {
      ends.add(new PartitionOffset(partition, boundary[partition]));
    }
    return ModelVersion.newBuilder()
        .setId(pipeline + "-" + trigger)
        .setPipeline(pipeline)
        .setDecisionNumber(trigger)
        .setTriggerNumber(trigger)
        .setTrainedSamples(100)
        .setTrainingSetDigest("")
        .setSliceTime(0)
        .setBoundary(ends)
        .setSeed(1)
        .setStartedAt(finishedAt - 500)
        .setFinishedAt(finishedAt)
        .setWorker("w")
        .setMetrics(Map.of());
  }
}
