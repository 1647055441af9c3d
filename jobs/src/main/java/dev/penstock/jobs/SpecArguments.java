package dev.penstock.jobs;

import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.yaml.SpecText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine.Option;

/** The arguments that name a job's dataset and pipelines. */
final class SpecArguments {

  private static final String INLINE = "base64:";

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "FILE",
      description = "dataset, YAML; or base64:… of its text, for a cluster that has no such file")
  private String dataset = "";

  @Option(
      names = "--pipeline",
      required = true,
      paramLabel = "FILE",
      description = "pipeline, YAML, may be repeated; or base64:… of its text")
  private List<String> pipelines = new ArrayList<>();

  DatasetSpec dataset() {
    return dataset.startsWith(INLINE)
        ? SpecReader.parseDataset("--dataset", text(dataset)).complete()
        : SpecReader.readDataset(Path.of(dataset)).complete();
  }

  List<PipelineSpec> pipelines(DatasetSpec forDataset) {
    List<SpecText> texts = new ArrayList<>();
    for (String pipeline : pipelines) {
      texts.add(
          pipeline.startsWith(INLINE)
              ? SpecText.of("--pipeline " + (texts.size() + 1), text(pipeline))
              : SpecText.in(Path.of(pipeline)));
    }
    return SpecReader.readPipelines(texts, forDataset);
  }

  private static String text(String argument) {
    byte[] bytes = Base64.getDecoder().decode(argument.substring(INLINE.length()));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
