package dev.penstock.cli.models;

import dev.penstock.kafka.TopicReader;
import dev.penstock.kafka.registry.ModelRegistry;
import dev.penstock.kafka.registry.Reigns;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All model versions of the log. */
final class Catalog {

  private final Map<String, Reigns> pipelines = new TreeMap<>();

  /** Reads the log as it is now. */
  static Catalog read(KafkaOptions kafka) {
    Catalog catalog = new Catalog();
    AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
    try (TopicReader reader = new TopicReader(kafka.settings(), kafka.topics().modelVersions())) {
      reader.readBackwards(
          message -> {
            ModelVersion version = codec.decode(message.value());
            catalog
                .pipelines
                .computeIfAbsent(version.getPipeline(), name -> new Reigns())
                .addEarlier(version);
            return true;
          });
    }
    return catalog;
  }

  /** The pipelines that have versions, by name. */
  Map<String, Reigns> pipelines() {
    return pipelines;
  }

  /** The pipeline's versions. */
  Reigns pipeline(String name) {
    return Optional.ofNullable(pipelines.get(name))
        .orElseThrow(() -> ModelRegistry.unknownPipeline(name, pipelines.keySet()));
  }
}
