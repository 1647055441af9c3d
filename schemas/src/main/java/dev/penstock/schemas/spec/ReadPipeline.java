package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.yaml.YamlMap;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline and the text that it was read from, where problems that are found later are reported.
 *
 * @param text the top-level map
 * @param spec what it says
 */
record ReadPipeline(YamlMap text, PipelineSpec spec) {

  /** Null with the problems added if there are any. */
  static @Nullable ReadPipeline read(YamlMap text) {
    PipelineSpec spec = PipelineReader.read(text);
    return spec == null ? null : new ReadPipeline(text, spec);
  }

  void problem(String path, String message) {
    text.problemAt(path, message);
  }
}
