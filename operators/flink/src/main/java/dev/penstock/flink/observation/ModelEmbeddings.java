package dev.penstock.flink.observation;

import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.trigger.Embedder;
import dev.penstock.models.ScoringModel;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Embeds with the versions that a feed tells of. Nothing is opened before a policy asks, so that a
 * job whose policies do not, needs no DJL.
 */
public final class ModelEmbeddings implements Embedder, AutoCloseable {

  /** Pipelines take turns. */
  private static final int MAX_LOADED = 16;

  private final ModelSource source;
  private final Map<String, ModelVersion> versions = new HashMap<>();
  private @Nullable ModelVersionFeed feed;
  private @Nullable LoadedModels loaded;

  public ModelEmbeddings(ModelSource source) {
    this.source = source;
  }

  @Override
  public float[][] embed(ModelInUse model, List<byte[]> payloads) {
    return load(model).embed(payloads.stream().map(ByteBuffer::wrap).toList());
  }

  private ScoringModel load(ModelInUse model) {
    if (loaded == null) {
      loaded = new LoadedModels(ArtifactStore.open(source.artifacts()), MAX_LOADED);
    }
    return loaded.get(version(model.id()));
  }

  private ModelVersion version(String id) {
    ModelVersion version = versions.get(id);
    if (version == null) {
      if (feed == null) {
        feed = source.feed().open();
      }
      feed.poll().forEach(told -> versions.put(told.getId(), told));
      version = versions.get(id);
    }
    if (version == null) {
      throw new IllegalStateException("model version must have been published, got " + id);
    }
    return version;
  }

  @Override
  public void close() {
    if (loaded != null) {
      loaded.close();
    }
    if (feed != null) {
      feed.close();
    }
  }
}
