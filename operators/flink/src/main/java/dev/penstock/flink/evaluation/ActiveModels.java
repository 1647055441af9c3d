package dev.penstock.flink.evaluation;

import dev.penstock.models.ScoringModel;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.artifact.ArtifactStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which model version is active at a sample, and the loaded models of those in use. */
final class ActiveModels implements AutoCloseable {

  private final ArtifactStore artifacts;
  private final Map<String, List<ModelVersion>> byPipeline = new HashMap<>();
  private final Map<String, ScoringModel> loaded =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
  private final int maxLoaded;

  ActiveModels(ArtifactStore artifacts, int maxLoaded) {
    this.artifacts = artifacts;
    this.maxLoaded = maxLoaded;
  }

  void add(ModelVersion version) {
    if (version.getStatus() == ModelStatus.TRAINED) {
      byPipeline.computeIfAbsent(version.getPipeline(), pipeline -> new ArrayList<>()).add(version);
    }
  }

  /**
   * The newest version that was finished by the time of the record, and that has not been trained
   * on this sample or one after it.
   */
  @Nullable ModelVersion at(String pipeline, int partition, long offset, long recordTimestamp) {
    List<ModelVersion> versions = byPipeline.getOrDefault(pipeline, List.of());
    for (int i = versions.size() - 1; i >= 0; i--) {
      ModelVersion version = versions.get(i);
      if (version.getFinishedAt() <= recordTimestamp && boundary(version, partition) <= offset) {
        return version;
      }
    }
    return null;
  }

  private static long boundary(ModelVersion version, int partition) {
    for (PartitionOffset end : version.getBoundary()) {
      if (end.getPartition() == partition) {
        return end.getOffset();
      }
    }
    return 0;
  }

  ScoringModel load(ModelVersion version) {
    ScoringModel model = loaded.get(version.getId());
    if (model == null) {
      model = ScoringModel.load(artifacts, version);
      loaded.put(version.getId(), model);
      if (loaded.size() > maxLoaded) {
        String eldest = loaded.keySet().iterator().next();
        ScoringModel evicted = loaded.remove(eldest);
        if (evicted != null) {
          evicted.close();
        }
      }
    }
    return model;
  }

  @Override
  public void close() {
    loaded.values().forEach(ScoringModel::close);
    loaded.clear();
  }
}
