package dev.penstock.schemas.spec;

/**
 * A pipeline and the text that it was read from, where problems that are found later are reported.
 *
 * @param text the top-level map
 * @param spec what it says
 */
record ReadPipeline(YamlMap text, PipelineSpec spec) {

  void problem(String path, String message) {
    text.problemAt(path, message);
  }
}
