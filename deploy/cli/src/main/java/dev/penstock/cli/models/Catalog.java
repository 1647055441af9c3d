package dev.penstock.cli.models;

import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All model versions of the log, and what they are called. */
final class Catalog {

  static final String CHAMPION = "champion";
  static final String PREVIOUS = "previous";

  private final Map<String, Reigns> pipelines = new TreeMap<>();

  /** Reads the log up to its present end. */
  static Catalog read(KafkaOptions kafka) {
    Catalog catalog = new Catalog();
    AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
    try (TopicReader reader = new TopicReader(kafka.settings(), kafka.topics().modelVersions())) {
      reader.readToEnd(message -> catalog.add(codec.decode(message.value())));
    }
    return catalog;
  }

  void add(ModelVersion version) {
    pipelines.computeIfAbsent(version.getPipeline(), name -> new Reigns()).add(version);
  }

  /** The pipelines that have versions, by name. */
  Map<String, Reigns> pipelines() {
    return pipelines;
  }

  /** The pipeline's versions. */
  Reigns pipeline(String name) {
    return Optional.ofNullable(pipelines.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "pipeline must have model versions, got none of "
                        + name
                        + "; there are those of "
                        + pipelines.keySet()));
  }

  /**
   * The version that is meant.
   *
   * @param text an id, or {@code <pipeline>@<alias>}
   */
  ModelVersion resolve(String text) {
    int at = text.indexOf('@');
    if (at >= 0) {
      return alias(text.substring(0, at), text.substring(at + 1));
    }
    return pipelines.values().stream()
        .flatMap(reigns -> reigns.records().stream())
        .filter(version -> version.getId().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model must be an id such as sea-12, or sea@champion, got " + text));
  }

  private ModelVersion alias(String pipeline, String alias) {
    Reigns reigns = pipeline(pipeline);
    Optional<ModelVersion> version =
        switch (alias) {
          case CHAMPION -> reigns.champion();
          case PREVIOUS -> reigns.previous();
          default ->
              throw new IllegalArgumentException(
                  "alias must be " + CHAMPION + " or " + PREVIOUS + ", got " + alias);
        };
    return version.orElseThrow(
        () -> new IllegalArgumentException(pipeline + " must have a " + alias + ", got none"));
  }
}
