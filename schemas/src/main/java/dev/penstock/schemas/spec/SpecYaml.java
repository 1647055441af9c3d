package dev.penstock.schemas.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.DatasetTree;
import java.util.Map;

/** Specs as YAML text that {@link SpecReader} reads back. */
public final class SpecYaml {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private SpecYaml() {}

  /** A dataset's file. */
  public static String write(DatasetSpec dataset) {
    return write(DatasetTree.of(dataset));
  }

  /** A pipeline's file. */
  public static String write(PipelineSpec pipeline) {
    return write(PipelineTree.of(pipeline));
  }

  private static String write(Map<String, Object> tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Spec could not be written as YAML: " + tree, e);
    }
  }
}
