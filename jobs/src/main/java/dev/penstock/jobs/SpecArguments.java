package dev.penstock.jobs;

import dev.penstock.schemas.spec.DatasetSpec;
import dev.penstock.schemas.spec.InvalidSpecException;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.Problem;
import dev.penstock.schemas.spec.SpecReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Map<Path, PipelineSpec> specs = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    int number = 0;
    for (String pipeline : pipelines) {
      number++;
      try {
        if (pipeline.startsWith(INLINE)) {
          String origin = "--pipeline " + number;
          specs.put(Path.of(origin), SpecReader.parsePipeline(origin, text(pipeline)));
        } else {
          specs.put(Path.of(pipeline), SpecReader.readPipeline(Path.of(pipeline)));
        }
      } catch (InvalidSpecException e) {
        problems.addAll(e.problems());
      }
    }
    problems.addAll(SpecReader.check(specs, forDataset));
    if (!problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
    return List.copyOf(specs.values());
  }

  private static String text(String argument) {
    byte[] bytes = Base64.getDecoder().decode(argument.substring(INLINE.length()));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
