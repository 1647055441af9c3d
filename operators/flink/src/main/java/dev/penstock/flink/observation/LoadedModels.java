package dev.penstock.flink.observation;

import dev.penstock.models.ScoringModel;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import java.util.LinkedHashMap;
import java.util.Map;

/** The models that were used last, ready to be asked. */
final class LoadedModels implements AutoCloseable {

  private final ModelStore store;
  private final int max;
  private final Map<String, ScoringModel> models =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  LoadedModels(ArtifactStore artifacts, int max) {
    this.store = new ModelStore(artifacts);
    this.max = max;
  }

  /** The model of a trained version. */
  ScoringModel get(ModelVersion version) {
    ScoringModel model = models.get(version.getId());
    if (model == null) {
      model = ScoringModel.load(store, version);
      models.put(version.getId(), model);
      if (models.size() > max) {
        String eldest = models.keySet().iterator().next();
        ScoringModel evicted = models.remove(eldest);
        if (evicted != null) {
          evicted.close();
        }
      }
    }
    return model;
  }

  @Override
  public void close() {
    models.values().forEach(ScoringModel::close);
    models.clear();
  }
}
