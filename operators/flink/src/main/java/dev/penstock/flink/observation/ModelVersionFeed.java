package dev.penstock.flink.observation;

import dev.penstock.schemas.ModelVersion;
import java.io.Serializable;
import java.util.List;

/** Tells of model versions as they are published. */
public interface ModelVersionFeed extends AutoCloseable {

  /** The versions that were committed since the last call, or since the beginning of time. */
  List<ModelVersion> poll();

  @Override
  void close();

  /** Opens a feed where it is needed. */
  interface Factory extends Serializable {
    ModelVersionFeed open();
  }
}
