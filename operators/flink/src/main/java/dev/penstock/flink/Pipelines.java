package dev.penstock.flink;

import dev.penstock.flink.block.BlockColumns.Columns;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.SpecYaml;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The pipelines of a job as functions carry them to task managers: as text, parsed there. */
public final class Pipelines implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private final ArrayList<String> yaml;

  private Pipelines(List<String> yaml) {
    this.yaml = new ArrayList<>(yaml);
  }

  /** The given pipelines. */
  public static Pipelines of(List<PipelineSpec> specs) {
    return new Pipelines(specs.stream().map(SpecYaml::write).toList());
  }

  /** The pipelines, in the order given. */
  public List<PipelineSpec> specs() {
    return yaml.stream().map(text -> SpecReader.parsePipeline("pipeline", text)).toList();
  }

  /** What blocks must have of samples for these pipelines. */
  public Columns columns() {
    return specs().stream().anyMatch(spec -> spec.selection().looksAtLabels())
        ? Columns.LABELS
        : Columns.PLACES_AND_TIMES;
  }
}
